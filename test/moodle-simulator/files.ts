/** A stored file, named as Moodle's table names it. */
export type StoredFile = {
  userid: number
  contextid: number
  component: string
  filearea: string
  itemid: number
  filepath: string
  filename: string
  mimetype: string
  content: Uint8Array
}

export type Files = ReturnType<typeof createFiles>

/** What the site holds; the reading list of the course has one file from the beginning. */
export function createFiles() {
  const held: StoredFile[] = []
  let draft = 500_000_000

  const pathOf = (file: StoredFile): string =>
    `/${file.contextid}/${file.component}/${file.filearea}/${file.itemid}${file.filepath}${file.filename}`

  function add(file: StoredFile): StoredFile {
    held.push(file)
    return file
  }

  add({
    userid: 3,
    contextid: 77,
    component: 'mod_page',
    filearea: 'content',
    itemid: 1,
    filepath: '/',
    filename: 'reading list.txt',
    mimetype: 'text/plain',
    content: new TextEncoder().encode('Cells, chapters 1 to 3.\n'.repeat(5000)),
  })

  return {
    add,
    pathOf,
    all: (): readonly StoredFile[] => held,
    at: (path: string) => held.find((file) => pathOf(file) === path),
    unusedDraft: () => ++draft,
  }
}
