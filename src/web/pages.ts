import {
  IconBuildingCommunity,
  IconClock,
  IconHeartbeat,
  IconHistory,
  IconHome,
  IconMessageCircleQuestion,
  IconSettings,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react'
import { call } from './call.ts'
import type { Page } from './page-type.ts'
import { sectionsOf } from './settings-sections.ts'

/** Every page of the product, in one list; each is loaded when first visited. */
export const pages: Page[] = [
  {
    path: '/',
    realm: 'operator',
    access: 'public',
    title: 'agencies.welcome.page',
    load: () => import('../features/agencies/web/welcome-page.tsx').then((m) => m.WelcomePage),
  },
  {
    path: '/inscription',
    realm: 'operator',
    access: 'public',
    title: 'agencies.sign_up.title',
    load: () => import('../features/agencies/web/sign-up-page.tsx').then((m) => m.SignUpPage),
  },
  {
    path: '/retrouver',
    realm: 'operator',
    access: 'public',
    title: 'agencies.find.title',
    load: () => import('../features/agencies/web/find-agency-page.tsx').then((m) => m.FindAgencyPage),
  },
  {
    path: '/entrer',
    realm: 'agency',
    access: 'public',
    title: 'agencies.cross.page',
    load: () => import('../features/agencies/web/crossing-page.tsx').then((m) => m.CrossingPage),
  },
  {
    path: '/',
    realm: 'agency',
    access: 'signedIn',
    title: 'home.title',
    load: () => import('../features/home/web/home-page.tsx').then((m) => m.HomePage),
    nav: { group: 'main', order: 10, label: 'home.title', icon: IconHome, key: 'a' },
  },
  {
    path: '/parametres/{-$section}',
    realm: 'agency',
    access: 'signedIn',
    title: 'settings.title',
    load: () => import('../features/agency-settings/web/settings-page.tsx').then((m) => m.SettingsPage),
    nav: {
      group: 'foot',
      order: 20,
      label: 'settings.title',
      icon: IconSettings,
      key: 'p',
      when: (me) => sectionsOf(me).length > 0,
    },
  },
  {
    path: '/journal',
    realm: 'agency',
    access: 'signedIn',
    right: 'audit.read',
    title: 'audit.title',
    load: () => import('../features/audit/web/journal-page.tsx').then((m) => m.JournalPage),
    nav: { group: 'foot', order: 10, label: 'audit.title', icon: IconHistory },
  },
  {
    path: '/imports/$id',
    realm: 'agency',
    access: 'signedIn',
    right: 'clients.import',
    title: 'imports.title',
    load: () => import('../features/imports/web/import-page.tsx').then((m) => m.ImportPage),
  },
  {
    path: '/boite-aux-lettres',
    realm: 'operator',
    access: 'public',
    title: 'mailbox.title',
    load: () => import('../features/mailbox/web/mailbox-page.tsx').then((m) => m.MailboxPage),
  },
  {
    path: '/developers',
    realm: 'any',
    access: 'public',
    title: 'developers.title',
    load: () => import('../features/developers/web/reference-page.tsx').then((m) => m.ReferencePage),
  },
  {
    path: '/droits',
    realm: 'agency',
    access: 'signedIn',
    title: 'rights.title',
    load: () => import('../features/access/web/rights-page.tsx').then((m) => m.RightsPage),
  },
  {
    path: '/exploitant',
    realm: 'operator',
    access: 'signedIn',
    title: 'operator.agencies',
    load: () => import('../features/operator/web/agencies-page.tsx').then((m) => m.AgenciesPage),
    nav: { group: 'main', order: 10, label: 'operator.agencies', icon: IconBuildingCommunity },
  },
  {
    path: '/exploitant/sante',
    realm: 'operator',
    access: 'signedIn',
    title: 'operator.health',
    load: () => import('../features/operator/web/health-page.tsx').then((m) => m.HealthPage),
    nav: { group: 'main', order: 35, label: 'operator.health', icon: IconHeartbeat },
  },
  {
    path: '/exploitant/demandes/{-$id}',
    realm: 'operator',
    access: 'signedIn',
    title: 'support_requests.title',
    load: () =>
      import('../features/support-requests/web/operator-requests-page.tsx').then(
        (m) => m.OperatorRequestsPage,
      ),
    nav: {
      group: 'main',
      order: 30,
      label: 'support_requests.title',
      icon: IconMessageCircleQuestion,
      count: async () =>
        (
          await call((await import('../features/support-requests/contract.ts')).listOperatorRequests, {
            query: { limit: 1 },
          })
        ).unread || undefined,
    },
  },
  {
    path: '/demandes/{-$id}',
    realm: 'agency',
    access: 'signedIn',
    right: 'support.request',
    title: 'support_requests.title',
    load: () => import('../features/support-requests/web/requests-page.tsx').then((m) => m.RequestsPage),
    nav: {
      group: 'foot',
      order: 15,
      label: 'support_requests.title',
      icon: IconMessageCircleQuestion,
      count: async () =>
        (
          await call((await import('../features/support-requests/contract.ts')).listSupportRequests, {
            query: { limit: 1 },
          })
        ).unread || undefined,
    },
  },
  {
    path: '/exploitant/horloge',
    realm: 'operator',
    access: 'signedIn',
    title: 'operator.clock',
    load: () => import('../features/operator/web/clock-page.tsx').then((m) => m.ClockPage),
    nav: { group: 'main', order: 40, label: 'operator.clock', icon: IconClock },
  },
  {
    path: '/clients/$id/{-$tab}',
    realm: 'agency',
    access: 'signedIn',
    right: 'clients.read',
    title: 'client_record.title',
    load: () => import('../features/client-record/web/client-page.tsx').then((m) => m.ClientPage),
  },
  {
    path: '/connexion',
    realm: 'any',
    access: 'public',
    title: 'sign_in.title',
    load: () => import('../features/sign-in/web/sign-in-page.tsx').then((m) => m.SignInPage),
  },
  {
    path: '/mot-de-passe-oublie',
    realm: 'any',
    access: 'public',
    title: 'sign_in.forgot.title',
    load: () => import('../features/sign-in/web/forgot-password-page.tsx').then((m) => m.ForgotPasswordPage),
  },
  {
    path: '/reinitialiser',
    realm: 'any',
    access: 'public',
    title: 'sign_in.reset.title',
    load: () => import('../features/sign-in/web/reset-password-page.tsx').then((m) => m.ResetPasswordPage),
  },
  {
    path: '/confirmer',
    realm: 'any',
    access: 'public',
    title: 'sign_in.confirm.page',
    load: () => import('../features/sign-in/web/confirm-email-page.tsx').then((m) => m.ConfirmEmailPage),
  },
  {
    path: '/profil/{-$tab}',
    realm: 'any',
    access: 'signedIn',
    title: 'profile.title',
    load: () => import('../features/profile/web/profile-page.tsx').then((m) => m.ProfilePage),
  },
  {
    path: '/sous-comptes',
    realm: 'agency',
    access: 'signedIn',
    right: 'members.read',
    title: 'sub_accounts.title',
    load: () => import('../features/sub-accounts/web/sub-accounts-page.tsx').then((m) => m.SubAccountsPage),
    nav: {
      group: 'main',
      order: 30,
      label: 'sub_accounts.title',
      icon: IconUsersGroup,
      key: 's',
      count: async () =>
        (
          await call((await import('../features/sub-accounts/contract.ts')).listMembers, {
            query: { limit: 1, total: 'true' },
          })
        ).total,
      when: (me) => me.rights.includes('members.edit'),
    },
  },
  {
    path: '/sous-comptes/$id/{-$tab}',
    realm: 'agency',
    access: 'signedIn',
    right: 'members.read',
    title: 'sub_accounts.title',
    load: () => import('../features/sub-accounts/web/member-page.tsx').then((m) => m.MemberPage),
  },
  {
    path: '/invitation',
    realm: 'agency',
    access: 'public',
    title: 'invitations.page.pageTitle',
    load: () => import('../features/invitations/web/invitation-page.tsx').then((m) => m.InvitationPage),
  },
  {
    path: '/clients',
    realm: 'agency',
    access: 'signedIn',
    right: 'clients.read',
    title: 'clients.title',
    load: () => import('../features/clients/web/clients-page.tsx').then((m) => m.ClientsPage),
    nav: {
      group: 'main',
      order: 20,
      label: 'clients.title',
      icon: IconUsers,
      key: 'c',
      when: (me) => me.agency?.kind === 'agency',
      count: async () =>
        (await (await import('../features/clients/web/client-counts.ts')).readClientCounts()).all,
    },
  },
]
