import { z } from 'zod'
import { locale } from '../../contract/common.ts'
import { job } from '../../server/jobs.ts'
import { mailAgencyList } from './mail-agency-list.ts'

/** Looks an address up and mails its agencies to it ("Retrouver mon agence"). */
export const sendAgencyList = job({
  name: 'agencies.send_list',
  payload: z.object({ email: z.string(), locale }),
  run: (ctx, { email, locale: language }) => mailAgencyList(ctx, email, language),
})
