import {
  IconBriefcase,
  IconCrown,
  IconHierarchy2,
  IconUserCheck,
  IconUserStar,
  IconUsersGroup,
} from '@tabler/icons-react'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import type { TextKey } from '../../../contract/text-keys.gen.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import type { explainAccess, SightRefusal } from '../contract.ts'

type Path = AnswerOf<typeof explainAccess>['paths'][number]

/** Every path by which a member sees a client: what it is, through whom, who granted it and when. */
export function PathReasons({ paths }: { paths: Path[] }) {
  const t = useT()
  const format = useFormat()
  return (
    <ul className="access-reasons">
      {paths.map((path) => (
        <li key={`${path.rule} ${path.via?.id}`}>
          <PathIcon path={path} />
          <span>
            <span>{t(pathKey(path), { name: path.via?.name })}</span>
            {path.assignment ? (
              <small title={format.exact(path.assignment.grantedAt)}>
                {t('access.granted', {
                  source: path.assignment.source,
                  name: path.assignment.grantedBy,
                  date: format.date(path.assignment.grantedAt),
                })}
              </small>
            ) : null}
          </span>
        </li>
      ))}
    </ul>
  )
}

function pathKey(path: Path): TextKey {
  switch (path.rule) {
    case 'owner':
      return 'access.path.owner'
    case 'direct':
      return path.assignment?.isLead ? 'access.path.lead' : 'access.path.direct'
    case 'hierarchy':
      return path.via ? 'access.path.hierarchy' : 'access.path.hierarchyUnnamed'
    case 'home':
      return path.via ? 'access.path.homeBelow' : 'access.path.home'
    case 'pool':
      return 'access.path.pool'
  }
}

function PathIcon({ path }: { path: Path }) {
  const props = { size: 15, stroke: 1.7, 'aria-hidden': true } as const
  switch (path.rule) {
    case 'owner':
      return <IconCrown {...props} />
    case 'direct':
      return path.assignment?.isLead ? <IconUserStar {...props} /> : <IconUserCheck {...props} />
    case 'hierarchy':
      return <IconHierarchy2 {...props} />
    case 'home':
      return <IconBriefcase {...props} />
    case 'pool':
      return <IconUsersGroup {...props} />
  }
}

/** Why a member does not see a client; `homeName` is whose portfolio the client is in. */
export function WhyNotReasons(props: { reasons: SightRefusal[]; homeName: string | undefined }) {
  const t = useT()
  const name = props.homeName ?? t('access.someone')
  return (
    <ul className="access-reasons">
      {props.reasons.map((reason) => (
        <li key={reason}>
          <span className="ink-2">{t(`access.whyNot.${reason}`, { name })}</span>
        </li>
      ))}
    </ul>
  )
}
