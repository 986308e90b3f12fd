import { IconBuildingCommunity, IconClock, IconHistory } from '@tabler/icons-react'
import type { Page } from './page-type.ts'

/** Every page of the product, in one list; each is loaded when first visited. */
export const pages: Page[] = [
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
]
