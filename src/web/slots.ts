import { IconBuildingStore, IconUpload, IconUserOff, IconUserPlus, IconUserShare } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { Locale } from '../contract/common.ts'
import type { RealmKind } from '../contract/endpoint.ts'
import type { Right } from '../contract/rights.ts'
import type { TextKey } from '../contract/text-keys.gen.ts'
import type { NavIcon } from './page-type.ts'
import { paths } from './paths.ts'
import { settingsSections } from './settings-sections.ts'
import type { PaletteSource } from './shell/palette-store.ts'

/** An action the palette always offers, whatever the page: it leads to an address that begins it. */
export type GlobalAction = {
  id: string
  label: TextKey
  description?: TextKey
  icon: NavIcon
  realm: RealmKind
  right?: Right
  /** Its single-letter shortcut, e.g. `n`. */
  key?: string
  to: string
}

/** What the user may change about the interface itself. */
export type Preferences = { locale?: Locale; theme?: 'auto' | 'light' | 'dark'; shortcuts?: boolean }

/** What the shell may ask of an acting session. */
export type ActingSession = {
  /** Ends it; gives the address to go back to. */
  leave: () => Promise<string>
  setReadOnly: (readOnly: boolean) => Promise<void>
  /** Thirty more minutes. */
  extend: () => Promise<void>
}

/**
 * Parts of the shell that features fill. The shell knows no feature: what it needs from one is loaded
 * through here when first used, and a part nobody fills is not shown.
 */
export type Slots = {
  /** Content of the bell's panel; `close` shuts it. */
  notifications?: () => Promise<ComponentType<{ close: () => void }>>
  /** Links between the side bar's groups and its foot: pinned views. */
  pinnedViews?: () => Promise<ComponentType>
  /** The spaces listed in the switcher for what was typed. */
  spaces?: () => Promise<ComponentType<{ query: string; close: () => void }>>
  /** Searches of the palette that ask the server. */
  searches: (() => Promise<PaletteSource>)[]
  actions: GlobalAction[]
  /** Ends the session; the shell then shows the sign-in page. */
  signOut?: () => Promise<() => Promise<void>>
  /** Mails the link that confirms the user's address again. */
  resendConfirmation?: () => Promise<() => Promise<void>>
  /** Keeps a preference with the user, so that it follows them to other devices. */
  savePreferences?: () => Promise<(change: Preferences) => Promise<void>>
  /** By the kind of host: inside the agency, or a visit to a hosted account. */
  acting?: (realm: RealmKind) => Promise<ActingSession>
}

/** What fills each slot. */
export const slots: Slots = {
  signOut: () => import('../features/sign-in/web/sign-out.ts').then((m) => m.signOut),
  resendConfirmation: () =>
    import('../features/profile/web/resend-confirmation.ts').then((m) => m.resendConfirmation),
  savePreferences: () => import('../features/profile/web/save-preferences.ts').then((m) => m.savePreferences),
  acting: (realm) =>
    realm === 'hosted_account'
      ? import('../features/account-access/web/visit.ts').then((m) => m.visit)
      : import('../features/access/web/acting.ts').then((m) => m.acting),
  notifications: () =>
    import('../features/notifications/web/notifications-panel.tsx').then((m) => m.NotificationsPanel),
  spaces: () => import('../features/clients/web/client-spaces.tsx').then((m) => m.ClientSpaces),
  pinnedViews: () => import('../features/clients/web/pinned-views.tsx').then((m) => m.PinnedViews),
  searches: [
    () => import('../features/clients/web/palette-search.tsx').then((m) => m.clientSearch),
    () => import('../features/sub-accounts/web/palette-search.tsx').then((m) => m.memberSearch),
  ],
  actions: [
    ...settingsSections.map((s) => ({
      id: `settings-${s.realm ?? 'agency'}-${s.id}`,
      label: s.title,
      description: s.text,
      icon: s.icon,
      realm: s.realm ?? ('agency' as const),
      ...(s.right && { right: s.right }),
      to: paths.settings(s.id),
    })),
    {
      id: 'new-client',
      label: 'client_record.new.title',
      icon: IconUserPlus,
      realm: 'agency',
      right: 'clients.create',
      key: 'n',
      to: '/clients?nouveau=1',
    },
    {
      id: 'assign-unassigned',
      label: 'clients.palette.unassigned',
      icon: IconUserOff,
      realm: 'agency',
      right: 'clients.assign',
      to: '/clients?unassigned=true',
    },
    {
      id: 'new-hosted-account',
      label: 'resale.add',
      icon: IconBuildingStore,
      realm: 'agency',
      right: 'resale.manage',
      to: paths.newHostedAccount,
    },
    {
      id: 'import-clients',
      label: 'clients.palette.import',
      icon: IconUpload,
      realm: 'agency',
      right: 'clients.import',
      to: paths.importRun('nouveau'),
    },
    {
      id: 'new-sub-account',
      label: 'sub_accounts.new',
      icon: IconUserShare,
      realm: 'agency',
      right: 'members.invite',
      to: '/sous-comptes?nouveau=1',
    },
  ],
}
