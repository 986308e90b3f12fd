import { Button } from '@mantine/core'
import { IconMail, IconRefresh } from '@tabler/icons-react'
import { useT } from '../../../web/i18n/use-t.ts'
import { Empty } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { RelativeDate } from '../../../web/kit/texts.tsx'
import { useEndpoint } from '../../../web/queries.ts'
import { useSearchState } from '../../../web/search-state.ts'
import { PlainLayout } from '../../../web/shell/plain-layout.tsx'
import { getMailboxMail, listMailbox } from '../contract.ts'
import './mailbox.css'

/** Mails the product wrote while no mail server is set: what people would have received. */
export function MailboxPage() {
  const t = useT()
  const [search, setSearch] = useSearchState()
  const { data, error, refetch } = useEndpoint(listMailbox, {}, { refetchInterval: 5000 })
  const chosen = search['message'] ?? data?.data[0]?.id
  return (
    <PlainLayout wide>
      <div className="mailbox-page">
        <header className="mailbox-head">
          <div>
            <h1>{t('mailbox.title')}</h1>
            <p className="ink-2">{t('mailbox.lead')}</p>
          </div>
          <Button variant="default" leftSection={<IconRefresh size={15} />} onClick={() => void refetch()}>
            {t('mailbox.refresh')}
          </Button>
        </header>
        {error ? <ErrorState error={error} page={t('mailbox.title')} retry={() => void refetch()} /> : null}
        {data?.data.length === 0 ? (
          <Empty icon={<IconMail size={28} stroke={1.5} />} title={t('mailbox.empty')}>
            {t('mailbox.emptyLead')}
          </Empty>
        ) : null}
        {data && data.data.length > 0 ? (
          <div className="mailbox">
            <ul aria-label={t('mailbox.title')}>
              {data.data.map((mail) => (
                <li key={mail.id}>
                  <button
                    type="button"
                    aria-current={mail.id === chosen}
                    onClick={() => setSearch({ message: mail.id })}
                  >
                    <b>{mail.subject}</b>
                    <span className="ink-2">{mail.to}</span>
                    <small className="ink-3">
                      <RelativeDate value={mail.createdAt} />
                    </small>
                  </button>
                </li>
              ))}
            </ul>
            {chosen ? <Mail id={chosen} /> : null}
          </div>
        ) : null}
      </div>
    </PlainLayout>
  )
}

function Mail({ id }: { id: string }) {
  const t = useT()
  const { data, error } = useEndpoint(getMailboxMail, { params: { id } })
  if (error) return <ErrorState error={error} page={t('mailbox.title')} />
  if (!data) return <div />
  // Sandboxed: a mail is content. Its links may only open a page of their own.
  return (
    <iframe title={data.subject} srcDoc={data.html} sandbox="allow-popups allow-popups-to-escape-sandbox" />
  )
}
