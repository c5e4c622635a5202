import { expect, test } from 'vitest'
import { startSimulator } from '../moodle-simulator/index.ts'
import { createClock } from '../moodle-simulator/time.ts'
import { ask, page } from './talk.ts'

test('a Moodle may stand below its host’s root, with a cookie of its own path', async () => {
  const simulator = await startSimulator({ path: '/moodle', host: 'localhost' })
  expect(new URL(simulator.wwwroot)).toMatchObject({ hostname: 'localhost', pathname: '/moodle' })
  const away = await page(simulator, '/course/view.php?id=2')
  expect(away.headers.get('location')).toBe(`${simulator.wwwroot}/login/index.php`)
  expect(away.headers.get('set-cookie')).toContain('Path=/moodle/')
  const keys = simulator.login('teacher1')
  expect(await (await page(simulator, '/course/view.php?id=2', keys.cookie)).text()).toContain('Biology 101')
  expect(await ask(simulator, keys, 'core_message_get_unread_conversations_count', { useridto: 3 })).toBe(0)
  expect(simulator.requests.to('/course/view.php')).toHaveLength(2)
  await simulator.close()
})

test('answers carry the server’s time', async () => {
  const clock = createClock()
  clock.set(1_900_000_000)
  const simulator = await startSimulator({ clock })
  const response = await page(simulator, '/login/index.php')
  expect(Math.abs(Date.parse(response.headers.get('date') ?? '') / 1000 - 1_900_000_000)).toBeLessThan(5)
  await simulator.close()
})
