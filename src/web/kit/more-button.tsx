import { Button } from '@mantine/core'
import { useT } from '../i18n/use-t.ts'

/** Brings the next page of a list that doesn't load as one scrolls; nothing once all is there. */
export function MoreButton(props: {
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> }
}) {
  const t = useT()
  const { list } = props
  if (!list.hasNextPage) return null
  return (
    <Button
      variant="default"
      loading={list.isFetchingNextPage}
      onClick={() => void list.fetchNextPage()}
      style={{ justifySelf: 'start', alignSelf: 'start' }}
    >
      {t('kit.more')}
    </Button>
  )
}
