"""What a piece of work asks of an agent: skills, conditions, requirements, and the steps by which they relax."""
