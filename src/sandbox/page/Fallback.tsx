import { Component, type ReactNode } from 'react';

/** If a part of the page breaks, the rest stays usable, and the part can be tried again. */
export class Fallback extends Component<{ what: string; children: ReactNode }, { problem: string }> {
  override state = { problem: '' };
  static getDerivedStateFromError(error: unknown): { problem: string } {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  override render(): ReactNode {
    if (!this.state.problem) return this.props.children;
    return (
      <div className="loading" role="alert" data-testid="broken">
        <p>
          {this.props.what} could not be drawn: {this.state.problem}
        </p>
        <button type="button" className="btn" onClick={() => this.setState({ problem: '' })}>
          Try again
        </button>
      </div>
    );
  }
}
