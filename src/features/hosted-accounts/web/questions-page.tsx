import { Accordion } from '@mantine/core'
import { useT } from '../../../web/i18n/use-t.ts'
import { Breadcrumb, PageHead } from '../../../web/kit/page-head.tsx'
import { paths } from '../../../web/paths.ts'

const questions = [
  'billed',
  'once',
  'contact',
  'credentials',
  'forgot',
  'trial',
  'cancel',
  'discount',
  'clients',
] as const

/** Questions of resellers, answered in a few lines (B15). */
export function QuestionsPage() {
  const t = useT()
  return (
    <>
      <Breadcrumb
        crumbs={[{ label: t('resale.title'), to: paths.resale }, { label: t('resale.faq.title') }]}
      />
      <PageHead title={t('resale.faq.title')} line />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by itself */}
      <div className="scrolls stack resale-questions" tabIndex={0}>
        <Accordion variant="separated" defaultValue="billed" order={2}>
          {questions.map((q) => (
            <Accordion.Item key={q} value={q}>
              <Accordion.Control>{t(`resale.faq.${q}`)}</Accordion.Control>
              <Accordion.Panel>
                <p className="reading">{t(`resale.faq.${q}.answer`)}</p>
              </Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
      </div>
    </>
  )
}
