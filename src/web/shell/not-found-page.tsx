import { IconMapSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Button } from '@mantine/core'
import { useT } from '../i18n/use-t.ts'
import { Empty } from '../kit/empty.tsx'
import { paths } from '../paths.ts'

/** What does not exist and what is out of sight look the same. */
export function NotFoundPage() {
  const t = useT()
  return (
    <Empty
      heading="h1"
      icon={<IconMapSearch size={28} stroke={1.5} />}
      title={t('shell.notFound.title')}
      action={
        <Button variant="default" renderRoot={(props) => <Link to={paths.home} {...props} />}>
          {t('shell.notFound.home')}
        </Button>
      }
    >
      {t('shell.notFound.text')}
    </Empty>
  )
}
