import { describe, expect, test } from 'vitest'
import { downloadFile, uploadFile } from '../../lib/moodle/index.ts'
import type { Stage } from './stage.ts'

/** What `webservice/upload.php` and the scripts for files are taken to do. */
export function fileTests(stage: () => Stage): void {
  const options = () => {
    const { site, people } = stage()
    return { wwwroot: site.wwwroot, wstoken: people.student1.wstoken, fetch }
  }
  const refused = (promise: Promise<unknown>) =>
    promise.then(
      () => expect.unreachable(),
      (error: unknown) => error,
    )

  describe('an upload', () => {
    test('makes a draft area, and adds to one', async () => {
      const first = await uploadFile(options(), new Blob(['one']), 'ä "first" one.txt')
      expect(first).toMatchObject({ filename: 'ä first one.txt', filepath: '/', filesize: 3 })
      const { itemid } = first
      const second = await uploadFile({ ...options(), itemid, filepath: '/in/' }, new Blob(['two']), 'b.txt')
      expect(second).toEqual({ itemid, filename: 'b.txt', filepath: '/in/', filesize: 3 })
    })

    test('that is streamed arrives whole', async () => {
      const told: number[] = []
      const onProgress = ({ sent }: { sent: number }) => told.push(sent)
      const big = new Blob([new Uint8Array(300_000)])
      expect((await uploadFile({ ...options(), onProgress }, big, 'big.bin')).filesize).toBe(300_000)
      expect(told.length).toBeGreaterThan(3)
    })

    test('of a name that is there, or without a token that counts, is refused', async () => {
      const { itemid } = await uploadFile(options(), new Blob(['x']), 'same.txt')
      const same = await refused(uploadFile({ ...options(), itemid }, new Blob(['x']), 'same.txt'))
      expect(same).toMatchObject({ kind: 'moodle', errorcode: 'filenameexist' })
      const nobody = await refused(
        uploadFile({ ...options(), wstoken: 'f'.repeat(32) }, new Blob(['x']), 'x'),
      )
      expect(nobody).toMatchObject({ kind: 'moodle', errorcode: 'invalidtoken' })
    })
  })

  describe('a download', () => {
    const nowhere = () => `${stage().site.wwwroot}/pluginfile.php/1/user/private/nothing.txt`

    test('of no such file is refused over a token, a 404 over a session', async () => {
      const { site, people } = stage()
      expect(await refused(downloadFile(options(), nowhere()))).toMatchObject({ errorcode: 'filenotfound' })
      const bySession = { wwwroot: site.wwwroot, fetch: people.student1.browser.fetch }
      expect(await refused(downloadFile(bySession, nowhere()))).toMatchObject({ status: 404 })
    })
  })
}
