import { Hono } from 'hono'
import { ajaxRoutes } from './routes/ajax.ts'
import { disturb } from './routes/disturb.ts'
import type { Env } from './routes/env.ts'
import { fileRoutes } from './routes/files.ts'
import { loginRoutes } from './routes/login.ts'
import { pageRoutes } from './routes/pages.ts'
import { restRoutes } from './routes/rest.ts'
import { underMaintenance } from './routes/visit.ts'
import type { World } from './world.ts'

/** All addresses of the simulator. The command line's maintenance answers before Moodle even starts. */
export function createServer(world: World): Hono<Env> {
  const app = new Hono<Env>()
  disturb(app, world)
  app.use('*', async (web, next) => {
    if (world.state.settings.maintenance === 'cli') return underMaintenance(web, world)
    await next()
    return undefined
  })
  ajaxRoutes(app, world)
  restRoutes(app, world)
  fileRoutes(app, world)
  loginRoutes(app, world)
  pageRoutes(app, world)
  return app
}
