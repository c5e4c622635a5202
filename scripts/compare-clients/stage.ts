import { type Simulator, startSimulator } from '../../test/moodle-simulator/index.ts'
import type { Scene } from './task.ts'

export interface Stage {
  readonly simulator: Simulator
  readonly scene: Scene
}

/** A teacher with 45 conversations beside her own and her group's; the first of them is long. */
export async function openStage(): Promise<Stage> {
  const simulator = await startSimulator({ conversations: 45, messagesPerConversation: 2, longest: 130 })
  const { wwwroot } = simulator
  const { cookie, sesskey } = simulator.login('teacher1')
  const withCookie: typeof fetch = (input, init) => {
    const request = new Request(input, init)
    request.headers.set('cookie', cookie)
    return fetch(request)
  }
  const scene: Scene = {
    wwwroot,
    username: 'teacher1',
    password: 'Pass.1234',
    token: simulator.tokenOf('teacher1'),
    userid: 3,
    convid: simulator.conversationIdBetween('teacher1', 'student1') ?? 0,
    messageids: [],
    courseid: 2,
    file: `${wwwroot}/pluginfile.php/77/mod_page/content/1/reading%20list.txt`,
    session: { sesskey, fetch: withCookie },
  }
  return { simulator, scene }
}
