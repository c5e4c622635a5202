import type { Participant } from '../../lib/dialogue/participant.ts'
import { drawAction } from './button.ts'
import { TICKED } from './landmarks.ts'
import type { PeopleOfPage } from './people.ts'
import { personIn } from './places.ts'
import { lookForTicked } from './words.ts'

function rowPerson(box: Element, { reach }: PeopleOfPage): Participant | undefined {
  const link = box.closest('tr')?.querySelector('th a[href*="/user/view.php?"]')
  const id = personIn(link ?? undefined)
  if (id === undefined) return undefined
  const fullName = link?.lastChild?.textContent?.trim() ?? ''
  return reach(id) ?? { id, fullName }
}

/** Those whom the person ticked; whom one cannot write to is said in the panel, before anything is sent. */
export function tickedPeople(people: PeopleOfPage): Participant[] {
  const boxes = [...document.querySelectorAll(`${TICKED.form} ${TICKED.boxes}`)]
  return boxes.flatMap((box) => rowPerson(box, people) ?? [])
}

/** Beside what Moodle offers for the ticked rows; in step with the ticks. */
export function drawForTicked(press: () => void): void {
  const form = document.querySelector(TICKED.form)
  const select = form?.querySelector(TICKED.after)
  if (!form || !select) return
  const button = drawAction('ticked', lookForTicked(0), press)
  const count = () => {
    const ticked = form.querySelectorAll(TICKED.boxes).length
    button.say(lookForTicked(ticked))
    button.setDisabled(ticked === 0)
  }
  // Moodle ticks all rows by script, a moment after the click.
  const soon = () => void setTimeout(count)
  form.addEventListener('change', soon)
  form.addEventListener('click', soon)
  form.addEventListener('core_table/dynamic:tableContentRefreshed', soon)
  select.after(button.host)
  count()
}
