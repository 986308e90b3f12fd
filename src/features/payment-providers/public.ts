export { providerNamed, providerOf, stripeOf } from './provider-of.ts'
export {
  type Caller,
  type CardToken,
  type FailureCode,
  type PaymentProvider,
  type PaymentState,
  type SetupState,
} from './provider.ts'
export { answerSandboxBank, enterSandboxCard, readSandboxPayment } from './sandbox.ts'
export { testCardOf, testCards, tokenOf, type TestCard } from '../../contract/test-cards.ts'
