import type { ComponentType, FunctionComponent } from 'react'
import type { RealmKind } from '../contract/endpoint.ts'
import type { Right } from '../contract/rights.ts'
import type { TextKey } from '../contract/text-keys.gen.ts'
import type { Me } from './me.ts'

/** An icon of the side bar: any Tabler icon. */
export type NavIcon = ComponentType<{ size?: number | string; stroke?: number | string }>

/** Groups of the side bar, top to bottom; `foot` stays at its bottom. */
export type NavGroup = 'main' | 'finance' | 'foot'

/** A page's entry in the side bar, the phone's bottom bar and the palette. */
export type NavEntry = {
  group: NavGroup
  /** Place in the group, smallest first; steps of 10. */
  order: number
  label: TextKey
  icon: NavIcon
  /** Shown only then, beside the page's own right. */
  when?: (me: Me) => boolean
  /** The figure at the entry's end, read when the shell appears; undefined shows nothing. */
  count?: () => Promise<number | undefined>
  /** Second letter of its "G then …" shortcut. */
  key?: string
}

/** One address of the interface. */
export type Page = {
  /** TanStack Router's syntax: `/clients/$id/{-$tab}`. */
  path: string
  /** The kind of host that has this page. */
  realm: RealmKind | 'any'
  /** `public` pages stand alone (sign-in, invitation); the others live in the shell. */
  access: 'public' | 'signedIn'
  /** Without it the page does not exist for the user. */
  right?: Right
  /** Start of the browser tab's title. */
  title: TextKey
  load: () => Promise<FunctionComponent>
  nav?: NavEntry
}
