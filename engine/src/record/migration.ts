/** Which element of the target stands for one of the source (Camunda 8: "mapping instruction"); sequence flows too. */
export interface MappingInstruction {
  readonly sourceElementId: string
  readonly targetElementId: string
}
