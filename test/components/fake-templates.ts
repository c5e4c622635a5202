import { type OwnTemplate, withTemplate } from '../../lib/dialogue/own-template.ts'
import type { RuleProtocol } from '../../lib/extension/rule-protocol.ts'
import { starterTemplates } from '../../lib/extension/starter-templates.ts'

export interface FakeTemplates {
  /** Undefined: the starter set. */
  templates: OwnTemplate[] | undefined
}

type Names = 'templates' | 'saveTemplate' | 'removeTemplate' | 'addTemplates' | 'restoreTemplates'

/** A worker's answers about texts to begin with. */
export function templatesAnswers(world: FakeTemplates): Pick<RuleProtocol, Names> {
  const all = () => world.templates ?? starterTemplates()
  const keep = (templates: OwnTemplate[]) => {
    world.templates = templates
    return templates
  }
  return {
    templates: all,
    saveTemplate: (template) => keep(withTemplate(all(), template)),
    removeTemplate: ({ id }) => keep(all().filter((one) => one.id !== id)),
    addTemplates: ({ templates }) =>
      keep([...all(), ...templates.map((one, at) => ({ id: `added-${at}`, ...one }))]),
    restoreTemplates: () => keep(starterTemplates().reduce<OwnTemplate[]>(withTemplate, all())),
  }
}
