import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: PlatformRequest","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/nestjs/type-aliases/PlatformRequest.md","filePath":"reference/adapters/nestjs/type-aliases/PlatformRequest.md"}',
)
const _sfc_main = { name: 'reference/adapters/nestjs/type-aliases/PlatformRequest.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/nestjs</a> / PlatformRequest</p><h1 id="type-alias-platformrequest" tabindex="-1">Type Alias: PlatformRequest <a class="header-anchor" href="#type-alias-platformrequest" aria-label="Permalink to &quot;Type Alias: PlatformRequest&quot;">​</a></h1><blockquote><p><strong>PlatformRequest</strong> = <code>IncomingMessage</code> | { <code>raw</code>: <code>IncomingMessage</code>; }</p></blockquote><p>A request of Express, which is one of Node.js, or a request of Fastify, which contains one.</p><h2 id="union-members" tabindex="-1">Union Members <a class="header-anchor" href="#union-members" aria-label="Permalink to &quot;Union Members&quot;">​</a></h2><p><code>IncomingMessage</code></p><hr><h3 id="type-literal" tabindex="-1">Type Literal <a class="header-anchor" href="#type-literal" aria-label="Permalink to &quot;Type Literal&quot;">​</a></h3><p>{ <code>raw</code>: <code>IncomingMessage</code>; }</p><h4 id="raw" tabindex="-1">raw <a class="header-anchor" href="#raw" aria-label="Permalink to &quot;raw&quot;">​</a></h4><blockquote><p><code>readonly</code> <strong>raw</strong>: <code>IncomingMessage</code></p></blockquote><p>The request of Node.js.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/nestjs/type-aliases/PlatformRequest.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const PlatformRequest = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, PlatformRequest as default }
