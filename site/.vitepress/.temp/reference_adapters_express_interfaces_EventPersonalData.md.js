import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: EventPersonalData","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/EventPersonalData.md","filePath":"reference/adapters/express/interfaces/EventPersonalData.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/EventPersonalData.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / EventPersonalData</p><h1 id="interface-eventpersonaldata" tabindex="-1">Interface: EventPersonalData <a class="header-anchor" href="#interface-eventpersonaldata" aria-label="Permalink to &quot;Interface: EventPersonalData&quot;">​</a></h1><p>Personal data of a user, for applications that set <code>includePersonalData</code>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="claims" tabindex="-1">claims? <a class="header-anchor" href="#claims" aria-label="Permalink to &quot;claims?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>claims?</strong>: <code>Readonly</code>&lt;<code>Record</code>&lt;<code>string</code>, <code>unknown</code>&gt;&gt;</p></blockquote><p>The claims of the ID token.</p><hr><h3 id="email" tabindex="-1">email? <a class="header-anchor" href="#email" aria-label="Permalink to &quot;email?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>email?</strong>: <code>string</code></p></blockquote><p>The user&#39;s e-mail address.</p><hr><h3 id="name" tabindex="-1">name? <a class="header-anchor" href="#name" aria-label="Permalink to &quot;name?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>name?</strong>: <code>string</code></p></blockquote><p>The user&#39;s name.</p><hr><h3 id="username" tabindex="-1">username? <a class="header-anchor" href="#username" aria-label="Permalink to &quot;username?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>username?</strong>: <code>string</code></p></blockquote><p>The name that the user signs in with.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/EventPersonalData.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const EventPersonalData = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, EventPersonalData as default }
