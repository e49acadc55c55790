import type { VacantGroup } from '@bihuan/runtime/contract'
import { useVacantCase, useVacantGroups, useVacantTasks } from '../api/operate.ts'
import { ot } from '../i18n/oversight.ts'
import { GroupDetail } from './group-detail.tsx'
import { Groups } from './groups.tsx'

/** What is wanting: the post that nobody holds, or posts of who has the tasks. */
const wordsOf = ({ post, assignee }: VacantGroup) =>
  post
    ? {
        title: ot('vacantPost', { unit: post.unit.name, role: post.roleName }),
        text: ot('vacantPostText'),
        todo: ot('vacantPostTodo', { unit: post.unit.name, role: post.roleName }),
      }
    : {
        title: ot('vacantHolder', { name: assignee?.name ?? '' }),
        text: ot('vacantHolderText', { name: assignee?.name ?? '' }),
        todo: ot('vacantHolderTodo', { name: assignee?.name ?? '' }),
      }

const countOf = ({ count }: VacantGroup): string => ot('tasks', { count })

/** Tasks that nobody can go on with, by step and post. */
export default function VacantView() {
  return (
    <Groups
      of={useVacantGroups}
      label={ot('vacantList')}
      none={ot('vacantNone')}
      noneText={ot('vacantNoneText')}
      gone={ot('vacantGone')}
      goneText={ot('vacantGoneText')}
      placeOf={({ processId, elementId, post, assignee }) => ({
        process: processId,
        step: elementId,
        role: post?.role,
        office: post?.unit.id,
        assignee: assignee?.id,
      })}
      title={(group) => wordsOf(group).title}
      count={countOf}
      detail={(group, onBack) => <VacantDetail group={group()} onBack={onBack} />}
    />
  )
}

/** One kind of them: its cases, none of which has anything to try again. */
function VacantDetail(props: { group: VacantGroup; onBack: (() => void) | undefined }) {
  const list = useVacantTasks(() => props.group)
  return (
    <GroupDetail
      group={props.group}
      title={wordsOf(props.group).title}
      count={countOf(props.group)}
      words={() => wordsOf(props.group)}
      list={list}
      ofCase={(caseKey) => useVacantCase(() => props.group, caseKey)}
      onBack={props.onBack}
    />
  )
}
