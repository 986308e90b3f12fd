import { Button, Group, Modal, Stack, TextInput, Textarea } from '@mantine/core'
import { z } from 'zod'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { call } from '../../../web/call.ts'
import { translate, useT } from '../../../web/i18n/use-t.ts'
import { notify } from '../../../web/kit/notices.tsx'
import { refresh } from '../../../web/queries.ts'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { ClientCombobox, type ChosenClient } from '../../client-record/web/client-combobox.tsx'
import { createProject, getProject, listProjects, newProject, updateProject } from '../contract.ts'

/** A project as lists show it. */
export type Project = AnswerOf<typeof listProjects>['data'][number]

type ProjectDialogProps = {
  onClose: () => void
  /** The one to change; none makes a new one. */
  project?: Project | undefined
  /** Whose it will be; without one, the field asks. */
  client?: ChosenClient | undefined
  onDone?: (project: Project) => void
}

/** Makes or changes a project: a site that work is bought for. */
export function ProjectDialog({ opened, ...props }: ProjectDialogProps & { opened: boolean }) {
  const t = useT()
  return (
    <Modal
      opened={opened}
      onClose={props.onClose}
      title={props.project ? t('projects.edit') : t('projects.new')}
      size={460}
    >
      {opened ? <ProjectForm {...props} /> : null}
    </Modal>
  )
}

type Values = {
  client: ChosenClient | null
  name: string
  siteUrl: string
  description: string
  [key: string]: unknown
}

function ProjectForm({ project, client, onClose, onDone }: ProjectDialogProps) {
  const t = useT()
  const form = useZodForm<Values>({
    initialValues: {
      client: client ?? (project ? project.client : null),
      name: project?.name ?? '',
      siteUrl: project?.siteUrl ?? '',
      description: project?.description ?? '',
    },
    schema: newProject.omit({ clientId: true }).extend({ client: z.unknown() }),
    check: (values): Record<string, string> => (values.client ? {} : { client: translate('field.required') }),
  })
  const submit = form.submit(async ({ client: chosen, name, siteUrl, description }) => {
    const fields = { name, siteUrl, description }
    const saved = project
      ? await call(updateProject, {
          params: { id: project.id },
          body: { ...fields, version: project.version },
        })
      : await call(createProject, { body: { clientId: chosen!.id, ...fields } })
    await refresh(listProjects, getProject)
    notify(t(project ? 'projects.saved' : 'projects.created', { name: saved.name }))
    onClose()
    onDone?.(saved)
  })
  return (
    <form ref={form.ref} onSubmit={submit} noValidate>
      <Stack gap={16}>
        {client || project ? null : (
          <ClientCombobox
            value={form.values.client}
            error={form.errors['client']}
            onChange={(value) => form.setFieldValue('client', value)}
          />
        )}
        <TextInput data-autofocus label={t('projects.name')} {...form.getInputProps('name')} />
        <TextInput
          label={t('projects.site')}
          description={t('projects.siteHelp')}
          {...form.getInputProps('siteUrl')}
        />
        <Textarea
          label={t('projects.description')}
          description={t('orders.optional')}
          autosize
          minRows={2}
          {...form.getInputProps('description')}
        />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('kit.cancel')}
          </Button>
          <Button type="submit" loading={form.submitting}>
            {t(project ? 'projects.save' : 'projects.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
