import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: RouteHandler<Server, Route, Config, Schema, Provider, Logger>","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/fastify/type-aliases/RouteHandler.md","filePath":"reference/adapters/fastify/type-aliases/RouteHandler.md"}',
)
const _sfc_main = { name: 'reference/adapters/fastify/type-aliases/RouteHandler.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/fastify</a> / RouteHandler</p><h1 id="type-alias-routehandlerserver-route-config-schema-provider-logger" tabindex="-1">Type Alias: RouteHandler&lt;Server, Route, Config, Schema, Provider, Logger&gt; <a class="header-anchor" href="#type-alias-routehandlerserver-route-config-schema-provider-logger" aria-label="Permalink to &quot;Type Alias: RouteHandler\\&lt;Server, Route, Config, Schema, Provider, Logger\\&gt;&quot;">​</a></h1><blockquote><p><strong>RouteHandler</strong>&lt;<code>Server</code>, <code>Route</code>, <code>Config</code>, <code>Schema</code>, <code>Provider</code>, <code>Logger</code>&gt; = <code>Fastify.RouteHandlerMethod</code>&lt;<code>Server</code>, <code>Fastify.RawRequestDefaultExpression</code>&lt;<code>Server</code>&gt;, <code>Fastify.RawReplyDefaultExpression</code>&lt;<code>Server</code>&gt;, <code>Route</code>, <code>Config</code>, <code>Schema</code>, <code>Provider</code>, <code>Logger</code>&gt;</p></blockquote><p>The handler that Fastify expects for a route.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="server" tabindex="-1">Server <a class="header-anchor" href="#server" aria-label="Permalink to &quot;Server&quot;">​</a></h3><p><code>Server</code> <em>extends</em> <code>Fastify.RawServerBase</code> = <code>Fastify.RawServerDefault</code></p><h3 id="route" tabindex="-1">Route <a class="header-anchor" href="#route" aria-label="Permalink to &quot;Route&quot;">​</a></h3><p><code>Route</code> <em>extends</em> <code>Fastify.RouteGenericInterface</code> = <code>Fastify.RouteGenericInterface</code></p><h3 id="config" tabindex="-1">Config <a class="header-anchor" href="#config" aria-label="Permalink to &quot;Config&quot;">​</a></h3><p><code>Config</code> = <code>Fastify.ContextConfigDefault</code></p><h3 id="schema" tabindex="-1">Schema <a class="header-anchor" href="#schema" aria-label="Permalink to &quot;Schema&quot;">​</a></h3><p><code>Schema</code> <em>extends</em> <code>Fastify.FastifySchema</code> = <code>Fastify.FastifySchema</code></p><h3 id="provider" tabindex="-1">Provider <a class="header-anchor" href="#provider" aria-label="Permalink to &quot;Provider&quot;">​</a></h3><p><code>Provider</code> <em>extends</em> <code>Fastify.FastifyTypeProvider</code> = <code>Fastify.FastifyTypeProviderDefault</code></p><h3 id="logger" tabindex="-1">Logger <a class="header-anchor" href="#logger" aria-label="Permalink to &quot;Logger&quot;">​</a></h3><p><code>Logger</code> <em>extends</em> <code>Fastify.FastifyBaseLogger</code> = <code>Fastify.FastifyBaseLogger</code></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/fastify/type-aliases/RouteHandler.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const RouteHandler = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, RouteHandler as default }
