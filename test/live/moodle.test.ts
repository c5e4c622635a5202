import { readFileSync } from 'node:fs'
import { describe } from 'vitest'
import * as z from 'zod/mini'
import { conformance } from '../conformance/suite.ts'

const account = z.object({ username: z.string(), password: z.string() })
const config = z.object({
  wwwroot: z.url(),
  accounts: z.object({ teacher: account, student1: account, student2: account }),
  courseId: z.int(),
  cmid: z.int(),
})

/** A file and not its content, so that no password stands in an environment. */
const site = config.parse(JSON.parse(readFileSync(process.env.LIVE_CONFIG ?? '', 'utf8')))

describe('the running Moodle', () => {
  conformance(() => ({ ...site, wwwroot: site.wwwroot.replace(/\/+$/, ''), texts: 30 }))
})
