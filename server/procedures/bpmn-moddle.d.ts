/** What is used of bpmn-moddle, which ships no types of its own. */
declare module 'bpmn-moddle' {
  export interface BpmnElement {
    readonly $type: string
    readonly id?: string
    [attribute: string]: unknown
  }
  export class BpmnModdle {
    create(type: string, attributes: Record<string, unknown>): BpmnElement
    toXML(element: BpmnElement, options?: { format?: boolean }): Promise<{ xml: string }>
    fromXML(xml: string): Promise<{
      rootElement: BpmnElement
      warnings: readonly { message: string }[]
      elementsById: Record<string, BpmnElement>
    }>
  }
}
