import { closeApp } from '../app.ts'
import { addOperator } from '../features/operator/public.ts'
import { email as emailSchema } from '../contract/common.ts'
import { StartupRefusal } from '../server/startup-refusal.ts'
import { openProduct } from './open.ts'

/** `operator EMAIL "NAME"`: prints a link where that person of the operator's staff sets a password. */
export async function operatorCommand([email, name]: string[]): Promise<void> {
  if (!emailSchema.safeParse(email).success || !name)
    throw new StartupRefusal(
      'Usage : canopee operator ADRESSE "PRÉNOM NOM"',
      'Usage: canopee operator ADDRESS "FIRST LAST"',
    )
  const { app, stopDatabase } = await openProduct('visit')
  console.log(await addOperator(app, { email: email!, name }))
  await closeApp(app)
  await stopDatabase()
}
