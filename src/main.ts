import { backupCommand } from './commands/backup.ts'
import { restoreCommand } from './commands/restore.ts'
import { startCommand, workCommand } from './commands/start.ts'
import { migrateCommand } from './commands/migrate.ts'
import { operatorCommand } from './commands/operator.ts'
import { openapiCommand } from './commands/openapi.ts'
import { verifyCommand } from './commands/verify.ts'
import { StartupRefusal } from './server/startup-refusal.ts'

const commands: Record<string, { says: string; run(args: string[]): Promise<void> }> = {
  start: { says: 'serve pages and API, and work the jobs', run: startCommand },
  work: { says: 'work the jobs only', run: workCommand },
  migrate: { says: 'bring the database to the level of this build', run: migrateCommand },
  verify: { says: 'check audit chains, trees and counts; fails when one is wrong', run: verifyCommand },
  backup: { says: 'FILE: write everything into one private file', run: backupCommand },
  restore: { says: 'FILE [--force]: put a backup back', run: restoreCommand },
  operator: { says: 'EMAIL "NAME": let a person of the operator\'s staff in', run: operatorCommand },
  openapi: { says: 'print the OpenAPI document', run: openapiCommand },
}

const [name = 'start', ...args] = process.argv.slice(2)
const command = commands[name]
if (!command) {
  console.error(
    `There is no command ${name}. Commands:\n${Object.entries(commands)
      .map(([k, c]) => `  ${k.padEnd(10)}${c.says}`)
      .join('\n')}`,
  )
  process.exit(2)
}
try {
  await command.run(args)
} catch (error) {
  // A refusal to start is a sentence for a person; anything else is a bug and shows where.
  console.error(error instanceof StartupRefusal ? error.message : error)
  process.exit(1)
}
