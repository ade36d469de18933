import { HttpClient, httpResource } from '@angular/common/http'
import { Component, inject } from '@angular/core'

@Component({
  selector: 'app-todos',
  template: `
    <h1>Todos</h1>
    @if (todos.hasValue()) {
      <ul>
        @for (todo of todos.value(); track $index) {
          <li>{{ todo }}</li>
        }
      </ul>
    }
    <form (submit)="add($event, title.value); title.value = ''">
      <label for="title">New todo</label>
      <input #title id="title" required />
      <button type="submit">Add</button>
    </form>
  `,
})
export class Todos {
  readonly #http = inject(HttpClient)
  protected readonly todos = httpResource<string[]>(() => '/api/todos')

  protected add(event: Event, title: string): void {
    event.preventDefault()
    this.#http.post('/api/todos', { title }).subscribe(() => this.todos.reload())
  }
}
