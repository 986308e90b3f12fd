import type { Browser, TestApp } from '../../server/testing.ts'
import { completePasswordReset } from '../sign-in/contract.ts'
import { addOperator } from './add-operator.ts'

/** A browser on the base host with one of the operator's staff signed in; again after the clock moved far. */
export async function enterAsOperator(t: TestApp, name = 'Ada Exploitante'): Promise<Browser> {
  const link = await addOperator(t.app, { email: 'exploitant@exemple.fr', name })
  const browser = t.browser()
  await browser.call(completePasswordReset, {
    body: {
      token: new URLSearchParams(new URL(link).hash.slice(1)).get('jeton')!,
      password: 'quatre corbeaux 91 violets',
    },
  } as never)
  return browser
}
