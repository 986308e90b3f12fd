import {
  IconBuildingBank,
  IconBuildingCommunity,
  IconClock,
  IconCoins,
  IconFileInvoice,
  IconHeartbeat,
  IconMessageCircleQuestion,
  IconShoppingBag,
  IconShoppingCart,
  IconTags,
} from '@tabler/icons-react'
import { call } from './call.ts'
import type { Page } from './page-type.ts'

/** Pages of the base host: home, sign-up and the operator’s own. */
export const operatorPages: Page[] = [
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
    path: '/exploitant/credits',
    realm: 'operator',
    access: 'signedIn',
    title: 'credits.prices',
    load: () => import('../features/credits/web/prices-page.tsx').then((m) => m.CreditPricesPage),
    nav: { group: 'main', order: 36, label: 'credits.prices', icon: IconCoins },
  },
  {
    path: '/exploitant/factures',
    realm: 'operator',
    access: 'signedIn',
    title: 'invoices.issued',
    load: () => import('../features/invoices/web/documents-page.tsx').then((m) => m.DocumentsPage),
    nav: { group: 'main', order: 30, label: 'invoices.issued', icon: IconFileInvoice },
  },
  {
    path: '/exploitant/vendeur',
    realm: 'operator',
    access: 'signedIn',
    title: 'seller.title',
    load: () => import('../features/invoices/web/seller-page.tsx').then((m) => m.SellerPage),
    nav: { group: 'main', order: 34, label: 'seller.title', icon: IconBuildingBank },
  },
  {
    path: '/boite-aux-lettres',
    realm: 'operator',
    access: 'public',
    title: 'mailbox.title',
    load: () => import('../features/mailbox/web/mailbox-page.tsx').then((m) => m.MailboxPage),
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
    path: '/exploitant/catalogue',
    realm: 'operator',
    access: 'signedIn',
    title: 'catalogue.title',
    load: () => import('../features/catalogue-items/web/items-page.tsx').then((m) => m.CatalogueItemsPage),
    nav: { group: 'main', order: 25, label: 'catalogue.title', icon: IconShoppingBag },
  },
  {
    path: '/exploitant/catalogue/imports/$id',
    realm: 'operator',
    access: 'signedIn',
    title: 'catalogue.import.title',
    load: () =>
      import('../features/catalogue-items/web/import-items-page.tsx').then((m) => m.ImportItemsPage),
  },
  {
    path: '/exploitant/formules',
    realm: 'operator',
    access: 'signedIn',
    title: 'plans.title',
    load: () => import('../features/plans/web/plans-page.tsx').then((m) => m.PlansPage),
    nav: { group: 'main', order: 20, label: 'plans.title', icon: IconTags },
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
    path: '/exploitant/commandes',
    realm: 'operator',
    access: 'signedIn',
    title: 'order_fulfilment.title',
    load: () => import('../features/order-fulfilment/web/queue-page.tsx').then((m) => m.QueuePage),
    nav: {
      group: 'main',
      order: 15,
      label: 'orders.title',
      icon: IconShoppingCart,
      count: async () =>
        (await call((await import('../features/order-fulfilment/contract.ts')).countOrderQueue)).placed ||
        undefined,
    },
  },
  {
    path: '/exploitant/commandes/$agencyId/$id',
    realm: 'operator',
    access: 'signedIn',
    title: 'order_fulfilment.title',
    load: () => import('../features/order-fulfilment/web/queue-order-page.tsx').then((m) => m.QueueOrderPage),
  },
]
