import { useEffect } from 'preact/hooks'
import type { Settings } from '../../lib/extension/settings.ts'
import { type TextKey, t } from '../../lib/extension/text.ts'
import { AccountField, CourseField } from '../common/choices.tsx'
import type { RuleListModel } from '../models/rule-list.ts'
import type { SettingsModel } from '../models/settings.ts'
import type { TeacherModel, TeacherPlace } from '../models/teacher.ts'
import { Section } from '../settings/line.tsx'
import { Archive } from './archive.tsx'
import { Colleagues } from './colleagues.tsx'
import { Editor } from './editor.tsx'
import { Preview } from './preview.tsx'
import { RuleList } from './rule-list.tsx'
import { RulePage } from './rule-page.tsx'
import { TeacherSettings } from './teacher-settings.tsx'
import { Templates } from './templates.tsx'

const PARTS = [
  { at: 'rules', words: 'rules' },
  { at: 'sent', words: 'sent' },
  { at: 'templates', words: 'templates' },
] as const satisfies { at: TeacherPlace['at']; words: TextKey }[]

function Parts({ model }: { model: TeacherModel }) {
  return (
    <nav class="parts" aria-label={t('tabTeachers')}>
      {PARTS.map(({ at, words }) => (
        <button
          key={at}
          type="button"
          aria-current={model.place.value.at === at ? 'page' : undefined}
          onClick={() => model.show(at)}
        >
          {t(words)}
        </button>
      ))}
    </nav>
  )
}

function AccountChoice({ model }: { model: TeacherModel }) {
  const accounts = model.accounts.value ?? []
  if (accounts.length < 2) return null
  return (
    <AccountField
      place="table-filter"
      words={t('account')}
      accounts={accounts}
      value={model.account.value?.id}
      onChange={model.chooseAccount}
    />
  )
}

function CourseChoice({ model, list }: { model: TeacherModel; list: RuleListModel }) {
  const courses = model.account.value?.courses ?? []
  if (courses.length === 0) return null
  return (
    <CourseField
      place="table-filter"
      words={t('course')}
      courses={courses}
      none={t('allCourses')}
      value={list.courseId.value}
      onChange={(courseId) => void list.show(courseId)}
    />
  )
}

/** To be had for one course at a time, and with a key. */
function OfColleagues({ model }: { model: TeacherModel }) {
  const colleagues = model.colleagues.value
  if (colleagues) return <Colleagues model={colleagues} />
  return model.account.value?.hasToken ? <p class="hint">{t('chooseCourseForShared')}</p> : null
}

function Listed({ model, at }: { model: TeacherModel; at: 'rules' | 'sent' }) {
  const list = at === 'rules' ? model.rules : model.sent
  const id = model.account.value?.id
  useEffect(() => (id === undefined ? undefined : list.watch()), [list, id])
  if (id === undefined) return <p class="hint">{t('noAccounts')}</p>
  return (
    <>
      <div class="table-tools">
        <AccountChoice model={model} />
        <CourseChoice model={model} list={list} />
        {at === 'rules' && (
          <button type="button" class="button button-main" onClick={model.begin}>
            {t('newRule')}
          </button>
        )}
      </div>
      {at === 'rules' ? (
        <>
          <RuleList model={list} onOpen={(rule) => model.openRule(rule)} />
          <OfColleagues model={model} />
        </>
      ) : (
        <Archive
          connection={model.connection}
          model={list}
          onOpen={(rule) => model.openRule(rule)}
          onFollowUp={(rule) => void model.followUp(rule)}
        />
      )}
    </>
  )
}

function Shown({ model, settings }: { model: TeacherModel; settings: Settings }) {
  const place = model.place.value
  const account = model.account.value
  const toRules = () => model.show('rules')
  switch (place.at) {
    case 'edit':
      return account ? (
        <Editor key={place.editor} editor={place.editor} account={account} model={model} onBack={toRules} />
      ) : null
    case 'preview':
      return (
        <Preview
          model={place.preview}
          account={account}
          undoSeconds={settings.undoSeveralSeconds}
          onBack={() => {
            const rule = place.preview.rule.value
            if (rule) model.edit(rule)
            else toRules()
          }}
          onStarted={() => model.open(place.preview.ref)}
        />
      )
    case 'rule':
      return (
        <RulePage
          page={place.page}
          account={account}
          onBack={toRules}
          onEdit={(rule) => model.edit(rule)}
          onCopy={(rule) => model.copy(rule)}
          onFollowUp={(rule) => void model.followUp(rule)}
        />
      )
    default:
      return null
  }
}

/** Standing rules, what was sent to many, and texts to begin with. */
export function TeachersTab({ model, settings }: { model: TeacherModel; settings: SettingsModel }) {
  const { at } = model.place.value
  if (at !== 'rules' && at !== 'sent' && at !== 'templates')
    return <Shown model={model} settings={settings.settings.value} />
  return (
    <>
      <Section title={t('tabTeachers')}>
        <Parts model={model} />
        {at === 'rules' && <p class="prose">{t('rulesMean')}</p>}
        {at === 'sent' && <p class="prose">{t('sentMeans')}</p>}
        {at === 'templates' ? <Templates model={model.templates} /> : <Listed model={model} at={at} />}
      </Section>
      {at === 'rules' && <TeacherSettings model={settings} />}
    </>
  )
}
