import { afterAll, beforeAll } from 'vitest'
import { type Simulator, type SimulatorOptions, startSimulator } from '../moodle-simulator/index.ts'

/** One simulator for the tests of a file; read it inside of a test, not before. */
export function running(options: SimulatorOptions = {}): () => Simulator {
  let simulator: Simulator | undefined
  beforeAll(async () => {
    simulator = await startSimulator(options)
  })
  afterAll(async () => {
    await simulator?.close()
  })
  return () => {
    if (!simulator) throw new Error('the simulator has not started yet')
    return simulator
  }
}
