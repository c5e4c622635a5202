import { createHash } from 'node:crypto'
import type { Hono } from 'hono'
import { wholeError } from '../envelopes.ts'
import { MoodleError, missingParam } from '../errors.ts'
import type { StoredFile } from '../files.ts'
import { accessKey } from '../functions/site.ts'
import { errorPage } from '../pages/account.ts'
import { jsonEncode } from '../php.ts'
import { fullname } from '../state.ts'
import type { User } from '../types.ts'
import type { World } from '../world.ts'
import type { Env, Web } from './env.ts'
import { bearer } from './rest.ts'
import { opener } from './visit.ts'

const open = { 'access-control-allow-origin': '*' }

const json = (web: Web, value: unknown): Response =>
  web.body(jsonEncode(value), 200, { ...open, 'content-type': 'application/json; charset=utf-8' })

/** Scripts for programs answer every exception as one object. */
const answering = (work: (web: Web) => Promise<Response>) => (web: Web) =>
  work(web).catch((error: unknown) => json(web, wholeError(error)))

/** PHP drops the body beyond its limit, and what was in it is missing. */
async function fieldsOf(world: World, web: Web): Promise<FormData> {
  const body = await web.req.arrayBuffer()
  if (body.byteLength > world.state.settings.postmaxsize) return new FormData()
  const type = web.req.header('content-type') ?? ''
  const fields =
    body.byteLength === 0
      ? new FormData()
      : await new Response(body, { headers: { 'content-type': type } }).formData()
  for (const [name, value] of Object.entries(web.req.query())) if (!fields.has(name)) fields.set(name, value)
  return fields
}

function tokenIn(fields: FormData): string {
  const token = fields.get('token')
  if (token === null) throw missingParam('token')
  return String(token)
}

const cleaned = (name: string) => name.replace(/[\p{Cc}/\\<>:"'|?*]/gu, '')

async function upload(world: World, web: Web): Promise<Response> {
  const fields = await fieldsOf(world, web)
  const user = bearer(world, tokenIn(fields))
  web.set('userid', user.id)
  const filepath = String(fields.get('filepath') ?? '/')
  const itemid = Number(fields.get('itemid') ?? 0) || world.files.unusedDraft()
  const sent = [...fields.values()].filter((value) => value instanceof File)
  const results = await Promise.all(sent.map((file) => keep(world, user, file, { filepath, itemid })))
  return json(web, results)
}

async function keep(world: World, user: User, file: File, place: { filepath: string; itemid: number }) {
  const filename = cleaned(file.name)
  const { maxbytes } = world.state.settings
  if (file.size > maxbytes) return { filename, errortype: 'fileoversized', error: 'The file is too large.' }
  const area = { userid: user.id, contextid: 1000 + user.id, component: 'user', filearea: 'draft', ...place }
  const content = new Uint8Array(await file.arrayBuffer())
  const stored: StoredFile = { ...area, filename, mimetype: file.type, content }
  if (world.files.at(world.files.pathOf(stored))) {
    const error = `File name already exists: ${filename}`
    return { filename, filepath: '/tmp/php', size: file.size, errortype: 'filenameexist', error }
  }
  world.files.add(stored)
  const source = `O:8:"stdClass":1:{s:6:"source";s:${Buffer.byteLength(filename)}:"${filename}";}`
  const about = { license: 'unknown', author: fullname(user), source, filesize: file.size }
  return { ...area, contextid: area.contextid, userid: String(user.id), filename, ...about }
}

function serve(web: Web, file: StoredFile): Response {
  return web.body(Buffer.from(file.content), 200, {
    ...open,
    'content-type': file.mimetype,
    'content-length': String(file.content.byteLength),
    'content-disposition': `inline; filename="${file.filename}"`,
    etag: `"${createHash('sha1').update(file.content).digest('hex')}"`,
  })
}

/** Behind the script's name, or as a parameter where a web server does not like that. */
const pathAfter = (web: Web, script: string): string =>
  web.req.query('file') ?? decodeURIComponent(web.req.path.slice(script.length))
const noFile = () =>
  new MoodleError('Sorry, the requested file could not be found', { errorcode: 'filenotfound' })

function found(world: World, user: User, path: string): StoredFile {
  const file = world.files.at(path)
  const course = [...world.state.modules.values()].find((cm) => cm.contextid === file?.contextid)?.course
  const isOwn = file?.userid === user.id
  const isMember = course !== undefined && world.state.courses.get(course)?.enrolments.has(user.id)
  if (!file || !(isOwn || isMember || user.siteadmin)) throw noFile()
  return file
}

export function fileRoutes(app: Hono<Env>, world: World): void {
  // Browsers ask before they send with a progress; Moodle's script answers that as it answers everything.
  app.on(
    ['GET', 'POST', 'OPTIONS'],
    '/webservice/upload.php',
    answering((web) => upload(world, web)),
  )
  const byToken = answering(async (web) => {
    const user = bearer(world, tokenIn(await fieldsOf(world, web)))
    web.set('userid', user.id)
    return serve(web, found(world, user, pathAfter(web, '/webservice/pluginfile.php')))
  })
  for (const path of ['/webservice/pluginfile.php', '/webservice/pluginfile.php/*']) {
    app.on(['GET', 'POST'], path, byToken)
  }
  app.get(
    '/tokenpluginfile.php/*',
    answering(async (web) => {
      const [, key = '', ...rest] = pathAfter(web, '/tokenpluginfile.php').split('/')
      const user = [...world.state.users.values()].find(({ id }) => accessKey(world.state, id) === key)
      if (!user) throw new MoodleError('Incorrect key', { errorcode: 'invalidkey' })
      return serve(web, found(world, user, `/${rest.join('/')}`))
    }),
  )
  app.get(
    '/pluginfile.php/*',
    opener(world)((web, visit) => {
      try {
        return serve(web, found(world, visit.user, pathAfter(web, '/pluginfile.php')))
      } catch {
        return web.html(errorPage(visit, noFile().message, 'filenotfound'), 404)
      }
    }),
  )
}
