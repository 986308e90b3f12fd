import type { Page } from './page-type.ts'

/** Pages that every host has. */
export const commonPages: Page[] = [
  {
    path: '/developers',
    realm: 'any',
    access: 'public',
    title: 'developers.title',
    load: () => import('../features/developers/web/reference-page.tsx').then((m) => m.ReferencePage),
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
]
