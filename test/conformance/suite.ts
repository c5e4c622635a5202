import { beforeAll, describe } from 'vitest'
import type { Reach } from '../../lib/moodle/index.ts'
import { assignmentTests } from './assignments.ts'
import { batchTests } from './batches.ts'
import { countingTests } from './counting.ts'
import { fileTests } from './files.ts'
import { functionTests } from './functions.ts'
import { groupingTests } from './groupings.ts'
import { handOverTests } from './hand-over.ts'
import { linkTests } from './links.ts'
import { type People, signInEverybody } from './people.ts'
import { findPlace, type Place } from './place.ts'
import { readingTests } from './reading.ts'
import { rosterTests } from './rosters.ts'
import { searchTests } from './searching.ts'
import { sendingTests } from './sending.ts'
import { sessionTests } from './sessions.ts'
import { type Site, transports } from './site.ts'
import { createStage, type Stage } from './stage.ts'
import { enrolledTests, walkTests } from './walks.ts'
import { wordTests } from './words.ts'

/** What the client takes for granted about Moodle, asked of one site. */
export function conformance(theSite: () => Site): void {
  let scene: { site: Site; people: People; place: Place } | undefined

  beforeAll(async () => {
    const site = theSite()
    const people = await signInEverybody(site)
    scene = { site, people, place: await findPlace(site, people) }
  }, 60_000)

  function stage(transport: Reach): Stage {
    if (!scene) throw new Error('nobody has logged in yet')
    return createStage(scene.site, scene.people, scene.place, transport)
  }

  describe('functions', () => functionTests(stage))
  describe.each(transports)('over the %s transport', (transport) => {
    const here = () => stage(transport)
    describe('sending', () => sendingTests(here))
    describe('batches', () => batchTests(here))
    describe('reading', () => readingTests(here))
    describe('counting', () => countingTests(here))
    describe('rosters', () => rosterTests(here))
    describe('assignments', () => assignmentTests(here))
    describe('searching', () => searchTests(here))
    describe('links', () => linkTests(here))
    describe('walks', () => walkTests(here))
    describe('words', () => wordTests(here))
  })
  describe('files', () => fileTests(() => stage('rest')))
  describe('hand-over', () => handOverTests(() => stage('rest')))
  describe('groupings', () => groupingTests(() => stage('rest')))
  describe('everybody', () => enrolledTests(() => stage('rest')))
  describe('the session', () => sessionTests(() => stage('session')))
}
