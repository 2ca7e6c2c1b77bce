package io.netyard.topology.observe;

import io.netyard.topology.state.Resource;
import io.netyard.topology.state.TreeState;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/// The switches of one lab that run in user space. They outlive the run that starts them.
///
/// All methods throw [UserSwitchException] if they cannot be reached, or refuse.
public interface UserSwitches {
    /// The switches that run, and their ports that work: [Resource.UserSwitch] and [Resource.UserPort].
    List<Resource> read();

    /// The spanning trees of those that have one.
    default List<TreeState> trees() {
        return List.of();
    }

    /// Makes switches and ports, or changes them. Frames on other ports are not lost.
    ///
    /// @param resources switches before their ports
    void put(Collection<Resource> resources);

    /// Removes switches and ports. What is not there is passed over.
    ///
    /// @param resources ports before their switches
    void remove(Collection<Resource> resources);

    /// Goes on in a new process, of this version of the program. Frames wait for a moment.
    ///
    /// @return whether anything runs
    boolean replace();

    /// Whether they ran, and ended without being told to.
    default boolean haveDied() {
        return false;
    }

    /// Ends all that runs in user space for the lab. Nothing running is success.
    void stop();

    /// For programs that run no switches: there are none, and none can be made.
    Finder NOWHERE = (_, _) -> new UserSwitches() {
        @Override
        public List<Resource> read() {
            return List.of();
        }

        @Override
        public void put(Collection<Resource> resources) {
            throw new UserSwitchException("this program runs no switches in user space; the netyard command does");
        }

        @Override
        public void remove(Collection<Resource> resources) {
            // There are none.
        }

        @Override
        public boolean replace() {
            return false;
        }

        @Override
        public void stop() {
            // Nothing runs.
        }
    };

    /// Finds the switches of a lab.
    interface Finder {
        /// The switches of a lab, whether or not any run.
        ///
        /// @param lab the lab's name
        /// @param folder its folder under `/run/netyard`
        UserSwitches of(String lab, Path folder);
    }
}
