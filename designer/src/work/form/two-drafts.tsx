import { momentText } from '../../i18n/dates.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { answersText } from './answers-text.ts'
import './two-drafts.css'
import type { Answers } from './viewer.ts'

/** A draft as the server has it. */
export interface ServerDraft {
  readonly answers: Answers
  readonly savedAt: string
}

interface TwoDraftsProps {
  schema: object
  /** What was filled in on this machine and never reached the server. */
  here: Answers
  /** What was saved from another machine since. */
  there: ServerDraft
  onHere: () => void
  onThere: () => void
}

/** Two drafts of one form: both as they read, one press to go on with either. */
export default function TwoDrafts(props: TwoDraftsProps) {
  return (
    <section class="two-drafts" aria-labelledby="two-drafts-title">
      <h2 id="two-drafts-title">{t('task.two.title')}</h2>
      <p>{t('task.two.text')}</p>
      <Version
        title={t('task.two.there', { when: momentText(props.there.savedAt) })}
        text={answersText(props.schema, props.there.answers)}
        act={t('task.two.useThere')}
        onUse={props.onThere}
      />
      <Version
        title={t('task.two.here')}
        text={answersText(props.schema, props.here)}
        act={t('task.two.useHere')}
        onUse={props.onHere}
      />
    </section>
  )
}

function Version(props: { title: string; text: string; act: string; onUse: () => void }) {
  return (
    <article>
      <h3>{props.title}</h3>
      <pre>{props.text || t('task.two.nothing')}</pre>
      <Button wide onClick={() => props.onUse()}>
        {props.act}
      </Button>
    </article>
  )
}
