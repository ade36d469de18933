import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: EventBase<Type>","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/EventBase.md","filePath":"reference/adapters/express/interfaces/EventBase.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/EventBase.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / EventBase</p><h1 id="interface-eventbasetype" tabindex="-1">Interface: EventBase&lt;Type&gt; <a class="header-anchor" href="#interface-eventbasetype" aria-label="Permalink to &quot;Interface: EventBase\\&lt;Type\\&gt;&quot;">​</a></h1><p>The properties that every event has.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="type" tabindex="-1">Type <a class="header-anchor" href="#type" aria-label="Permalink to &quot;Type&quot;">​</a></h3><p><code>Type</code> <em>extends</em> <a href="./../type-aliases/EventType"><code>EventType</code></a> = <a href="./../type-aliases/EventType"><code>EventType</code></a></p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="clientid" tabindex="-1">clientId <a class="header-anchor" href="#clientid" aria-label="Permalink to &quot;clientId&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>clientId</strong>: <code>string</code></p></blockquote><p>The application&#39;s client ID.</p><hr><h3 id="durationms" tabindex="-1">durationMs? <a class="header-anchor" href="#durationms" aria-label="Permalink to &quot;durationMs?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>durationMs?</strong>: <code>number</code></p></blockquote><p>How long the operation took, in milliseconds.</p><hr><h3 id="level" tabindex="-1">level <a class="header-anchor" href="#level" aria-label="Permalink to &quot;level&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>level</strong>: <a href="./../type-aliases/EventLevel"><code>EventLevel</code></a></p></blockquote><p>The severity.</p><hr><h3 id="message" tabindex="-1">message <a class="header-anchor" href="#message" aria-label="Permalink to &quot;message&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>message</strong>: <code>string</code></p></blockquote><p>One or more sentences for people. They change between versions.</p><hr><h3 id="time" tabindex="-1">time <a class="header-anchor" href="#time" aria-label="Permalink to &quot;time&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>time</strong>: <code>string</code></p></blockquote><p>When it happened, in ISO 8601 and UTC.</p><hr><h3 id="type-1" tabindex="-1">type <a class="header-anchor" href="#type-1" aria-label="Permalink to &quot;type&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>type</strong>: <code>Type</code></p></blockquote><p>What happened. Use it for decisions in your code.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/EventBase.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const EventBase = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, EventBase as default }
