import { Anchor, Button, Code, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useT } from '../../../web/i18n/use-t.ts'
import { Avatar } from '../../../web/kit/avatar.tsx'
import { paths } from '../../../web/paths.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { getSampleAgency } from '../contract.ts'
import './sample-data.css'

/**
 * The people of the sample agency and their password, so that every point of view can be tried. `bare`: in a
 * dialog that has the title already.
 */
export function SamplePeople({ bare }: { bare?: boolean }) {
  const t = useT()
  const { data } = useEndpoint(getSampleAgency)
  const agency = data?.agency
  if (!agency) return null
  return (
    <section className={bare ? 'sample-people' : 'card sample-people'} aria-label={t('sample.people')}>
      {bare ? null : <h2>{t('sample.people')}</h2>}
      <p className="ink-2">
        {t('sample.peopleText')} <Code>{agency.password}</Code> <Copy value={agency.password} label={t('sample.copyPassword')} />
      </p>
      <details open={bare}>
        <summary>{t('sample.show')}</summary>
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
      </details>
      <Anchor href={`${agency.address}${paths.signIn}`} size="sm">
        {t('sample.signInPage')}
      </Anchor>
    </section>
  )
}

function Copy(props: { value: string; label: string }) {
  const t = useT()
  return (
    <CopyButton value={props.value}>
      {({ copied, copy }) => (
        <Button size="compact-xs" variant="subtle" color="gray" onClick={copy} aria-label={t('kit.copyThing', { label: props.label })}>
          {copied ? <IconCheck size={14} aria-hidden="true" /> : <IconCopy size={14} aria-hidden="true" />}
        </Button>
      )}
    </CopyButton>
  )
}
