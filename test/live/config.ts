import { readFileSync } from 'node:fs'
import * as z from 'zod/mini'

const account = z.object({ username: z.string(), password: z.string() })
/** A course of many, for which some things have to be set up by hand. */
const bulk = z.object({
  courseId: z.int(),
  /** Take messages from nobody, or not from this teacher. */
  refusing: z.array(z.int()),
  /** Enrolled and shut out. */
  suspended: z.array(z.int()),
  /** One of the students who do get it. */
  reader: account,
  /** Makes and enrols somebody, as an administrator: a program and its arguments, `{username}` in one of them. */
  enrol: z.optional(z.array(z.string())),
})

const config = z.object({
  wwwroot: z.url(),
  accounts: z.object({
    teacher: account,
    student1: account,
    student2: account,
    /** Of the same course, for rules that are handed over. */
    otherTeacher: z.optional(account),
  }),
  courseId: z.int(),
  cmid: z.int(),
  bulk: z.optional(bulk),
})

/** A file and not its content, so that no password stands in an environment. */
const written = config.parse(JSON.parse(readFileSync(process.env.LIVE_CONFIG ?? '', 'utf8')))

export const site = { ...written, wwwroot: written.wwwroot.replace(/\/+$/, ''), texts: 30 }
