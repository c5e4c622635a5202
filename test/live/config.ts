import { readFileSync } from 'node:fs'
import * as z from 'zod/mini'

const account = z.object({ username: z.string(), password: z.string() })
const config = z.object({
  wwwroot: z.url(),
  accounts: z.object({ teacher: account, student1: account, student2: account }),
  courseId: z.int(),
  cmid: z.int(),
})

/** A file and not its content, so that no password stands in an environment. */
const written = config.parse(JSON.parse(readFileSync(process.env.LIVE_CONFIG ?? '', 'utf8')))

export const site = { ...written, wwwroot: written.wwwroot.replace(/\/+$/, ''), texts: 30 }
