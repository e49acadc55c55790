import type { Attributes, Context, Span } from '@opentelemetry/api'

/** What a span is told while its work is done: facts, and a name that is known by then only. */
export type Tell = (attributes: Attributes, name?: string) => void

/** Spans of what the server does; none are made unless there is a place for them. */
export interface Tracing {
  /** Works within a span. A request goes on with the trace its caller has begun (`traceparent`). */
  span<T>(name: string, attributes: Attributes, work: (tell: Tell) => Promise<T>, caller?: Headers): Promise<T>
  /** A span of what has just been done and took so long. */
  done(name: string, milliseconds: number, attributes: Attributes): void
  /** Sends what is left. */
  close(): Promise<void>
}

const silent: Tell = () => {}

/** Makes no spans. */
export const noTracing: Tracing = {
  span: (_name, _attributes, work) => work(silent),
  done: () => {},
  close: async () => {},
}

/**
 * Sends spans to a collector (OTLP over http with JSON). What it takes is loaded here and not before. A collector that is
 * away is told of in the log and costs nobody an answer.
 */
export async function openTracing(endpoint: string, version: string): Promise<Tracing> {
  const [api, { OTLPTraceExporter }, { BatchSpanProcessor, NodeTracerProvider }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/resources'),
    ])
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'bihuan', 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }))],
  })
  provider.register()
  const tracer = provider.getTracer('bihuan', version)
  const { SpanKind, SpanStatusCode, context, propagation, ROOT_CONTEXT } = api

  const work = async <T>(span: Span, run: (tell: Tell) => Promise<T>): Promise<T> => {
    try {
      return await run((attributes, name) => {
        span.setAttributes(attributes)
        if (name !== undefined) span.updateName(name)
      })
    } catch (error) {
      // Its words may hold anything a person typed; its name is ours.
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'unknown' })
      throw error
    } finally {
      span.end()
    }
  }
  const callerOf = (headers: Headers | undefined): Context =>
    headers === undefined
      ? context.active()
      : propagation.extract(ROOT_CONTEXT, headers, { get: (from, key) => from.get(key) ?? undefined, keys: () => [] })

  return {
    span: (name, attributes, run, caller) =>
      tracer.startActiveSpan(
        name,
        { attributes, kind: caller === undefined ? SpanKind.INTERNAL : SpanKind.SERVER },
        callerOf(caller),
        (span) => work(span, run),
      ),
    done(name, milliseconds, attributes) {
      const end = Date.now()
      tracer.startSpan(name, { attributes, startTime: end - milliseconds, root: true }).end(end)
    },
    async close() {
      await provider.shutdown().catch(() => {})
    },
  }
}
