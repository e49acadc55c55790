import TriangleAlert from 'lucide-solid/icons/triangle-alert'
import { st } from '../../i18n/studio.ts'
import { Button } from '../../ui/button.tsx'
import { saveFile } from '../../ui/save-file.ts'

interface LostNoticeProps {
  count: number
  /** Name and text of the file as it came. */
  name: string
  text: string
  onClose: () => void
}

/** Says that parts of a foreign file are not understood, before a save would drop them. */
export function LostNotice(props: LostNoticeProps) {
  return (
    <div class="lost-notice" role="alert">
      <TriangleAlert class="icon" aria-hidden="true" />
      <div>
        <b>{st('bpmn.lost', { n: props.count })}</b>
        <p>{st('bpmn.lostText')}</p>
        <div class="lost-acts">
          <Button
            size="small"
            onClick={() => saveFile(props.name, new Blob([props.text], { type: 'application/xml' }))}
          >
            {st('bpmn.lostKeep')}
          </Button>
          <Button size="small" kind="plain" onClick={() => props.onClose()}>
            {st('bpmn.lostClose')}
          </Button>
        </div>
      </div>
    </div>
  )
}
