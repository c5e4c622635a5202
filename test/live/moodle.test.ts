import { describe } from 'vitest'
import { conformance } from '../conformance/suite.ts'
import { site } from './config.ts'

describe('the running Moodle', () => {
  conformance(() => site)
})
