import pg from 'pg'
import type { Command } from '../cli.ts'
import { keyRing } from '../core/key-change.ts'
import { resetLogins, standingOf } from '../core/logins.ts'
import { openInstallation } from './installation.ts'
import { readOptions } from './options.ts'

/** Whose the database's logins are; with --reset their passwords are made anew from the present key. */
const command: Command = {
  says: '数据库登录角色 / whose the logins of the database are; --reset gives them the passwords of the present key',
  usage: 'npx zhijiao logins [--reset]',
  async run(args) {
    const { flags, words, fault } = readOptions(args, { flags: ['reset'] })
    if (fault || words.length > 0) {
      process.stderr.write(`${fault ?? this.usage}\n`)
      return 2
    }
    const opened = await openInstallation({ leaveSchema: true, leaveKey: flags.has('reset') })
    try {
      if (flags.has('reset')) {
        await resetLogins(
          opened.admin,
          keyRing(opened.house.config, opened.house.chance).map((k) => k.keys),
        )
        process.stdout.write(
          '登录角色的口令已按现在的主密钥重设 / the logins have the passwords of the present master key\n',
        )
        return 0
      }
      const client = new pg.Client(opened.admin)
      await client.connect()
      try {
        const { database, logins, others } = await standingOf(client)
        process.stdout.write(
          logins.size === 0
            ? `${database}：尚未建立登录角色 / no logins yet\n`
            : `${database}：${[...logins.keys()].join('、')} 与现在的主密钥一致 / the logins are those of the present master key\n`,
        )
        if (others.length > 0)
          process.stdout.write(`同用这些角色的数据库 / other databases that use them: ${others.join(', ')}\n`)
        return 0
      } finally {
        await client.end()
      }
    } finally {
      await opened.close()
    }
  },
}
export default command
