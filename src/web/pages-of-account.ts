import { IconHome, IconSettings, IconUsersGroup } from '@tabler/icons-react'
import type { Page } from './page-type.ts'

/** Pages of a hosted account's host. */
export const accountPages: Page[] = [
  {
    path: '/entrer',
    realm: 'hosted_account',
    access: 'public',
    title: 'account_access.enter',
    load: () => import('../features/account-access/web/arrive-page.tsx').then((m) => m.ArrivePage),
  },
  {
    path: '/invitation',
    realm: 'hosted_account',
    access: 'public',
    title: 'invitations.page.pageTitle',
    load: () =>
      import('../features/account-users/web/account-invitation-page.tsx').then(
        (m) => m.AccountInvitationPage,
      ),
  },
  {
    path: '/',
    realm: 'hosted_account',
    access: 'signedIn',
    title: 'home.title',
    load: () => import('../features/account-home/web/account-home-page.tsx').then((m) => m.AccountHomePage),
    nav: { group: 'main', order: 10, label: 'home.title', icon: IconHome, key: 'a' },
  },
  {
    path: '/utilisateurs',
    realm: 'hosted_account',
    access: 'signedIn',
    right: 'account.users',
    title: 'account_users.title',
    load: () =>
      import('../features/account-users/web/account-users-page.tsx').then((m) => m.AccountUsersPage),
    nav: { group: 'main', order: 80, label: 'account_users.title', icon: IconUsersGroup, key: 'u' },
  },
  {
    path: '/parametres/{-$section}',
    realm: 'hosted_account',
    access: 'signedIn',
    title: 'settings.title',
    load: () => import('../features/agency-settings/web/settings-page.tsx').then((m) => m.SettingsPage),
    nav: { group: 'foot', order: 20, label: 'settings.title', icon: IconSettings, key: 'p' },
  },
]
