import { useEffect } from 'react'
import type { TextKey } from '../../contract/text-keys.gen.ts'
import { useT } from '../i18n/use-t.ts'
import { useMe } from '../me.ts'
import { useRealm } from '../realm.ts'

/** Sets the browser tab's title; while acting for somebody it begins with their name. */
export function useTitle(text: string): void {
  const realm = useRealm()
  const acting = useMe()?.acting
  useEffect(() => {
    document.title = [acting?.subject.name, text, realm.name].filter(Boolean).join(' · ')
  }, [text, realm.name, acting?.subject.name])
}

/** The title a page declares in pages.ts; the page may call `useTitle` with a better one. */
export function PageTitle(props: { title: TextKey }) {
  useTitle(useT()(props.title))
  return null
}
