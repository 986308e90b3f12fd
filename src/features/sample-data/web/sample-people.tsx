import { Anchor, Button, Code, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { Avatar } from '../../../web/kit/avatar.tsx'
import { paths } from '../../../web/paths.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { getSampleAgency } from '../contract.ts'
import './sample-data.css'

/** The sample agency as anybody may know it. */
export type SampleAgency = NonNullable<AnswerOf<typeof getSampleAgency>['agency']>

/** On the base host: the people of the sample agency, once it is made, folded away until asked for. */
export function SamplePeople() {
  const t = useT()
  const { data } = useEndpoint(getSampleAgency)
  const agency = data?.agency
  if (!agency) return null
  return (
    <section className="card sample-people" aria-labelledby="sample-people-title">
      <h2 id="sample-people-title">{t('sample.people')}</h2>
      <details>
        <summary>{t('sample.show')}</summary>
        <PeopleList agency={agency} />
      </details>
      <Anchor href={`${agency.address}${paths.signIn}`} size="sm">
        {t('sample.signInPage')}
      </Anchor>
    </section>
  )
}

/** The people and their password, so that every point of view can be tried. */
export function PeopleList({ agency }: { agency: SampleAgency }) {
  const t = useT()
  return (
    <div className="sample-list">
      <p className="ink-2">
        {t('sample.peopleText')}{' '}
        <span className="sample-password">
          <Code>{agency.password}</Code>
          <Copy value={agency.password} label={t('sample.copyPassword')} />
        </span>
      </p>
      <ul>
        {agency.people.map((person) => (
          <li key={person.email}>
            <Avatar person={person} />
            <div>
              <b>{person.name}</b>
              <small>
                {t(`role.${person.role}`)} · {person.jobTitle}
              </small>
              <small className="sample-email">{person.email}</small>
            </div>
            <Copy value={person.email} label={t('sample.copyEmail', { name: person.name })} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function Copy(props: { value: string; label: string }) {
  const t = useT()
  return (
    <CopyButton value={props.value}>
      {({ copied, copy }) => (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          onClick={copy}
          aria-label={t('kit.copyThing', { label: props.label })}
        >
          {copied ? <IconCheck size={14} aria-hidden="true" /> : <IconCopy size={14} aria-hidden="true" />}
        </Button>
      )}
    </CopyButton>
  )
}
