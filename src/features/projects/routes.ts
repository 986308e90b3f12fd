import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { createProject } from './create-project.ts'
import { getProject, listProjects } from './list-projects.ts'
import { updateProject } from './update-project.ts'

/** Sites of clients that work is bought for. */
export const projectRoutes: Route[] = [
  route(contract.listProjects, listProjects, { readOnly: true }),
  route(contract.createProject, createProject),
  route(contract.getProject, getProject, { readOnly: true }),
  route(contract.updateProject, updateProject),
]
