import { describe } from 'vitest'
import { running } from '../simulator/running.ts'
import { conformance } from './suite.ts'

const simulator = running()
const password = 'Pass.1234'

describe('the simulator', () => {
  conformance(() => ({
    wwwroot: simulator().wwwroot,
    accounts: {
      teacher: { username: 'teacher1', password },
      student1: { username: 'student1', password },
      student2: { username: 'student2', password },
    },
    courseId: 2,
    cmid: 3,
    enrolId: 1,
    texts: 75,
    elapse: (seconds) => simulator().clock.advance(seconds),
  }))
})
