import { makeAgency, makeMember, type TestAgency, type TestMember } from '../../server/testing-people.ts'
import type { Browser, TestApp } from '../../server/testing.ts'
import { hashPassword } from '../passwords/public.ts'

/** The password of test users: passes every rule. */
export const goodPassword = 'brume verte sur le quai'

let hash: Promise<string> | undefined

/** Makes a member whose password is `goodPassword`, hashed once for all tests of a file. */
export async function makeUser(
  t: TestApp,
  agency: TestAgency,
  email: string,
  given: { role?: 'owner' | 'manager' | 'consultant' | 'client' } = {},
): Promise<TestMember> {
  return makeMember(t, agency, {
    role: given.role ?? 'consultant',
    email,
    passwordHash: await (hash ??= hashPassword(goodPassword)),
  })
}

/** An agency with one such user, and a browser that is not signed in. */
export async function makePlace(
  t: TestApp,
  slug: string,
  email: string,
): Promise<{ agency: TestAgency; user: TestMember; stranger: Browser }> {
  const agency = await makeAgency(t, { slug })
  return { agency, user: await makeUser(t, agency, email), stranger: t.browser(slug) }
}

/** The token in the link of the last mail of a kind to an address, once the queue is empty; undefined without a mail. */
export async function linkInMail(t: TestApp, email: string, kind: string): Promise<string | undefined> {
  await t.runJobs()
  const [mail] = await t.sql<{ text: string }>(
    `select text from mail where to_email = $1 and kind = $2 order by id desc limit 1`,
    [email, kind],
  )
  return mail?.text.match(/#jeton=([\w-]+)/)?.[1]
}
