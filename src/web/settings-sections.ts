import type { ComponentType } from 'react'
import {
  IconBuildingCommunity,
  IconLanguage,
  IconLock,
  IconCreditCard,
  IconPalette,
  IconShieldLock,
  IconShoppingCart,
  IconSitemap,
  IconUserBolt,
} from '@tabler/icons-react'
import type { Right } from '../contract/rights.ts'
import type { TextKey } from '../contract/text-keys.gen.ts'
import type { Me } from './me.ts'
import type { NavIcon } from './page-type.ts'

/** One section of the settings: a page of its own, found by any of its words, and in the palette. */
export type SettingsSection = {
  /** Its word in the address; French, never renamed. */
  id: string
  title: TextKey
  /** What it settles, in a line. */
  text: TextKey
  /** Words people look it up by, beside its title. */
  words: TextKey
  icon: NavIcon
  /** The kind of host that has it: the agency's when absent. */
  realm?: 'agency' | 'hosted_account'
  /** Without it the section does not exist for the user; absent: for everybody signed in. */
  right?: Right
  when?: (me: Me) => boolean
  load: () => Promise<ComponentType>
}

/** Every section, in the order of the list. A capability adds its own line. */
export const settingsSections: SettingsSection[] = [
  {
    id: 'agence',
    title: 'settings.agency.title',
    text: 'settings.agency.text',
    words: 'settings.agency.words',
    icon: IconBuildingCommunity,
    right: 'agency.edit',
    load: () => import('../features/agency-settings/web/agency-section.tsx').then((m) => m.AgencySection),
  },
  {
    id: 'marque-blanche',
    title: 'settings.brand.title',
    text: 'settings.brand.text',
    words: 'settings.brand.words',
    icon: IconPalette,
    right: 'agency.edit',
    load: () => import('../features/agency-settings/web/brand-section.tsx').then((m) => m.BrandSection),
  },
  {
    id: 'mode',
    title: 'settings.mode.title',
    text: 'settings.mode.text',
    words: 'settings.mode.words',
    icon: IconSitemap,
    right: 'agency.edit',
    when: (me) => me.agency?.kind === 'agency',
    load: () => import('../features/agency-settings/web/mode-section.tsx').then((m) => m.ModeSection),
  },
  {
    id: 'commandes',
    title: 'orders.settings.title',
    text: 'orders.settings.text',
    words: 'orders.settings.days',
    icon: IconShoppingCart,
    right: 'orders.settings',
    when: (me) => me.agency?.kind === 'agency',
    load: () =>
      import('../features/orders/web/order-settings-section.tsx').then((m) => m.OrderSettingsSection),
  },
  {
    id: 'facturation',
    title: 'settings.billing.title',
    text: 'settings.billing.text',
    words: 'settings.billing.words',
    icon: IconCreditCard,
    right: 'billing.manage',
    load: () =>
      import('../features/agency-billing/web/agency-billing-form.tsx').then((m) => m.AgencyBillingForm),
  },
  {
    id: 'securite',
    title: 'settings.security.title',
    text: 'settings.security.text',
    words: 'settings.security.words',
    icon: IconShieldLock,
    right: 'agency.security',
    load: () => import('../features/agency-settings/web/security-section.tsx').then((m) => m.SecuritySection),
  },
  {
    id: 'mot-de-passe',
    title: 'account_home.settings.password',
    text: 'account_home.settings.passwordText',
    words: 'account_home.settings.passwordWords',
    icon: IconLock,
    realm: 'hosted_account',
    load: () => import('../features/profile/web/account-sections.tsx').then((m) => m.AccountPasswordSection),
  },
  {
    id: 'langue',
    title: 'account_home.settings.language',
    text: 'account_home.settings.languageText',
    words: 'account_home.settings.languageWords',
    icon: IconLanguage,
    realm: 'hosted_account',
    load: () =>
      import('../features/profile/web/account-sections.tsx').then((m) => m.AccountPreferencesSection),
  },
  {
    id: 'interventions',
    title: 'account_home.settings.visits',
    text: 'account_home.settings.visitsText',
    words: 'account_home.settings.visitsWords',
    icon: IconUserBolt,
    realm: 'hosted_account',
    right: 'account.visits',
    load: () => import('../features/account-access/web/visits-section.tsx').then((m) => m.VisitsSection),
  },
]

/** The sections a user has. */
export function sectionsOf(me: Me): SettingsSection[] {
  const realm = me.account ? 'hosted_account' : 'agency'
  return settingsSections.filter(
    (s) =>
      (s.realm ?? 'agency') === realm &&
      (s.right === undefined || me.rights.includes(s.right)) &&
      (s.when?.(me) ?? true),
  )
}
