import type { Notice } from '@bihuan/runtime/contract'
import Clock from 'lucide-solid/icons/clock'
import FileText from 'lucide-solid/icons/file-text'
import Printer from 'lucide-solid/icons/printer'
import ShieldCheck from 'lucide-solid/icons/shield-check'
import { createMemo, For, Show } from 'solid-js'
import { noticeFile } from '../api/notices.ts'
import { fullDayText, momentText } from '../i18n/dates.ts'
import { t } from '../i18n/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Chip } from '../ui/chip.tsx'
import './notice-document.css'
import { kindWords, leftWords, paragraphs, periodWords } from './notice-words.ts'
import { SealMark } from './seal-mark.tsx'

/** A notice as it hangs on the board: an official text in the document face, its particulars, its proof. */
export function NoticeDocument(props: { notice: Notice; now: string }) {
  const left = createMemo(() => leftWords(props.notice, props.now))
  const pictures = () => props.notice.files.filter((file) => file.type.startsWith('image/'))
  const papers = () => props.notice.files.filter((file) => !file.type.startsWith('image/'))
  return (
    <article class="notice">
      <header>
        <p class="notice-no">{props.notice.number ?? kindWords(props.notice)}</p>
        <h1>{props.notice.title}</h1>
        <p class="notice-period">
          <Chip tone={left().tone}>
            <Clock class="icon" aria-hidden="true" />
            {left().text}
          </Chip>
          <span>{periodWords(props.notice)}</span>
        </p>
      </header>
      <div class="notice-text">
        <For each={paragraphs(props.notice.text)}>{(paragraph) => <p>{paragraph}</p>}</For>
        <div class="notice-sign">
          <SealMark words={t('board.seal')} />
          <p>
            {props.notice.unit.name}
            <br />
            {fullDayText(props.notice.publishedAt)}
          </p>
        </div>
      </div>
      <Show when={props.notice.fields.length > 0}>
        <section>
          <h2>{t('board.particulars')}</h2>
          <dl class="notice-fields">
            <For each={props.notice.fields}>
              {(field) => (
                <div>
                  <dt>{field.label}</dt>
                  <dd>{field.value}</dd>
                </div>
              )}
            </For>
          </dl>
        </section>
      </Show>
      <Show when={props.notice.files.length > 0}>
        <section>
          <h2>{t('board.files')}</h2>
          <div class="notice-pictures">
            <For each={pictures()}>
              {(file) => (
                <a href={noticeFile(props.notice.key, file.id)} target="_blank" rel="noopener">
                  <img
                    src={noticeFile(props.notice.key, file.id)}
                    alt={t('board.photo', { name: file.name })}
                    loading="lazy"
                  />
                </a>
              )}
            </For>
          </div>
          <For each={papers()}>
            {(file) => (
              <a class="notice-paper" href={noticeFile(props.notice.key, file.id)}>
                <FileText class="icon" aria-hidden="true" />
                {file.name}
              </a>
            )}
          </For>
        </section>
      </Show>
      <footer class="notice-proof">
        <div>
          <h2>
            <ShieldCheck class="icon" aria-hidden="true" />
            {t('board.proofTitle')}
          </h2>
          <dl>
            <dt>{t('board.proofKey')}</dt>
            <dd class="num">{props.notice.key}</dd>
            <dt>{t('board.proofDigest')}</dt>
            <dd class="num">{props.notice.proof}</dd>
            <dt>{t('board.proofAt')}</dt>
            <dd class="num">
              <time dateTime={props.notice.publishedAt}>{momentText(props.notice.publishedAt)}</time>
            </dd>
          </dl>
          <p>{t('board.proofText')}</p>
        </div>
        <Button size="small" class="notice-print" onClick={() => window.print()}>
          <Printer class="icon s" aria-hidden="true" />
          {t('board.print')}
        </Button>
      </footer>
    </article>
  )
}
