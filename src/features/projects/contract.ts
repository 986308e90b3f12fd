import { z } from 'zod'
import { instant, line, money, page, listQuery, paragraphs } from '../../contract/common.ts'
import { website } from '../../contract/client-fields.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'

const realms = ['agency'] as const
const params = z.strictObject({ id: idInput('project') })

/** A project is offered for new orders, or put away. */
export const projectStates = ['active', 'archived'] as const

/** A site of a client that work is bought for (C9, C20). */
export const projectRow = z.strictObject({
  id: idAnswer('project'),
  client: z.strictObject({ id: idAnswer('client'), name: z.string() }),
  name: z.string(),
  /** Address of the site; null for work without one. */
  siteUrl: z.string().nullable(),
  /** Its host name, without www. */
  siteHost: z.string().nullable(),
  description: z.string().nullable(),
  state: z.enum(projectStates),
  campaigns: z.int(),
  /** Orders not yet settled. */
  openOrders: z.int(),
  /** Paid for what was delivered for it. */
  spent: money,
  createdAt: instant,
  updatedAt: instant,
  version: z.int(),
  can: z.strictObject({ edit: z.boolean(), order: z.boolean() }),
})

const name = line(120)
/** A site's address as typed, with or without https://; the empty text means none. */
const siteUrl = z
  .string()
  .transform((v) => (v.trim() === '' ? null : v))
  .pipe(website.nullable())
  .nullable()
const description = z
  .string()
  .transform((v) => (v.trim() === '' ? null : v))
  .pipe(paragraphs(2000).nullable())
  .nullable()

/** Projects in sight. */
export const listProjects = endpoint({
  name: 'listProjects',
  method: 'GET',
  path: '/projects',
  summary: 'Projects of the clients in sight, by name.',
  realms: [...realms],
  may: 'projects.read',
  query: listQuery.omit({ sort: true }).extend({
    client: idInput('client').optional(),
    campaign: idInput('campaign').optional(),
    state: z.enum(projectStates).optional(),
  }),
  answer: page(projectRow),
})

/** What a new project is made of. */
export const newProject = z.strictObject({
  clientId: idInput('client'),
  name,
  siteUrl: siteUrl.optional(),
  description: description.optional(),
})

/** Adds a project to a client. */
export const createProject = endpoint({
  name: 'createProject',
  method: 'POST',
  path: '/projects',
  summary: 'Add a project to a client: a site that work is bought for.',
  realms: [...realms],
  may: 'projects.edit',
  body: newProject,
  answer: projectRow,
  status: 201,
  refusals: ['client.archived'],
})

/** One project. */
export const getProject = endpoint({
  name: 'getProject',
  method: 'GET',
  path: '/projects/:id',
  summary: 'One project with what was spent on it.',
  realms: [...realms],
  may: 'projects.read',
  params,
  answer: projectRow,
})

/** Changes a project; archiving is undone by `state: active`. */
export const updateProject = endpoint({
  name: 'updateProject',
  method: 'PATCH',
  path: '/projects/:id',
  summary: 'Change a project, archive it, or take it out of the archive.',
  realms: [...realms],
  may: 'projects.edit',
  params,
  body: z.strictObject({
    name: name.optional(),
    siteUrl: siteUrl.optional(),
    description: description.optional(),
    state: z.enum(projectStates).optional(),
    version: z.int(),
  }),
  answer: projectRow,
  refusals: ['version.stale', 'client.archived'],
})
