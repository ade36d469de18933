import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: GuardHook","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/fastify/type-aliases/GuardHook.md","filePath":"reference/adapters/fastify/type-aliases/GuardHook.md"}',
)
const _sfc_main = { name: 'reference/adapters/fastify/type-aliases/GuardHook.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/fastify</a> / GuardHook</p><h1 id="type-alias-guardhook" tabindex="-1">Type Alias: GuardHook <a class="header-anchor" href="#type-alias-guardhook" aria-label="Permalink to &quot;Type Alias: GuardHook&quot;">​</a></h1><blockquote><p><strong>GuardHook</strong> = (<code>request</code>, <code>reply</code>, <code>done</code>) =&gt; <code>void</code> | <code>Promise</code>&lt;<code>void</code>&gt;</p></blockquote><p>A hook that guards routes of any types. In <code>onRequest</code> it runs before the body is read, in <code>preHandler</code> after that.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="request" tabindex="-1">request <a class="header-anchor" href="#request" aria-label="Permalink to &quot;request&quot;">​</a></h3><p><code>object</code></p><h3 id="reply" tabindex="-1">reply <a class="header-anchor" href="#reply" aria-label="Permalink to &quot;reply&quot;">​</a></h3><p><code>object</code></p><h3 id="done" tabindex="-1">done <a class="header-anchor" href="#done" aria-label="Permalink to &quot;done&quot;">​</a></h3><p><code>Fastify.HookHandlerDoneFunction</code></p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>void</code> | <code>Promise</code>&lt;<code>void</code>&gt;</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/fastify/type-aliases/GuardHook.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const GuardHook = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, GuardHook as default }
